/**
 * Name servers of the sandbox: each has an address of its own in 127.0.53.0/24, which no packet ever leaves this machine
 * for, and a port on 127.0.0.1 where it really listens. The sandbox's line tells which port stands for which address.
 */
export const roles = ['ns1', 'ns2', 'ns3', 'parked', 'parent'] as const;

/** A socket's part: `ns1`–`ns3` serve the provider's zones (ns3 has no TCP), `parked` every zone that is delegated to it. */
export type Role = (typeof roles)[number];

const addresses: Readonly<Record<Role, string>> = {
  ns1: '127.0.53.1',
  ns2: '127.0.53.2',
  ns3: '127.0.53.3',
  parked: '127.0.53.11',
  parent: '127.0.53.20',
};

/** Name servers of another provider, where a zone is parked. */
export const parkedServers: readonly string[] = ['ns1.parked.example', 'ns2.parked.example'];
/** The server of the root and of the top-level domains. */
export const parentServer = 'a.parent.example';

/** Role of the server that listens for an address. */
export function roleAt(address: string): Role | undefined {
  return roles.find((role) => addresses[role] === address);
}

export function addressOfRole(role: Role): string {
  return addresses[role];
}

/** Address of a name server by its host name; undefined for hosts that are none. */
export function addressOf(host: string): string | undefined {
  if (parkedServers.includes(host)) return addresses.parked;
  if (host === parentServer) return addresses.parent;
  const role = roleOfLabel(host.split('.')[0] ?? '');
  return role && addresses[role];
}

function roleOfLabel(label: string): 'ns1' | 'ns2' | 'ns3' | undefined {
  return (['ns1', 'ns2', 'ns3'] as const).find((role) => role === label);
}
