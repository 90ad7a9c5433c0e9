import { clouds, graphBaseUrl } from '../entra/clouds.ts';
import type { Snapshot } from '../guide/snapshot.ts';
import { publicNameServers, type NameServers, type SocketAddress } from '../dns/servers.ts';
import type { Connection, SandboxSocket } from './connection.ts';

/** Base URL of Microsoft Graph: from the built-in list of clouds, or the sandbox's own. */
export function graphUrlOf(connection: Connection): string {
  return connection.kind === 'sandbox'
    ? connection.endpoints.graph
    : graphBaseUrl(clouds[connection.cloud.id]);
}

/** Which hosts count as Kiro's. */
export function kindOf(connection: Connection): Pick<Snapshot, 'kind' | 'sandboxScimOrigin'> {
  return connection.kind === 'sandbox'
    ? { kind: 'sandbox', sandboxScimOrigin: new URL(connection.endpoints.scim).origin }
    : { kind: 'tenant' };
}

/**
 * Whom to ask about DNS: for a tenant the servers of the Internet and the resolvers that the settings name; for a sandbox its
 * own, each where it really listens, and nobody else.
 */
export function nameServersOf(connection: Connection, resolvers: readonly string[] | undefined): NameServers {
  if (connection.kind === 'tenant') return publicNameServers(resolvers);
  const { dns, resolver } = connection.endpoints;
  const place = ({ host, port }: SandboxSocket): SocketAddress => ({ address: host, port });
  return {
    resolvers: [{ role: 'public', name: 'sandbox resolver', at: place(resolver) }],
    overHttps: [{ role: 'public', name: 'sandbox resolver', url: resolver.doh }],
    system: [{ role: 'system', name: 'company resolver', at: place(resolver.internal) }],
    locate: (address) => {
      const found = Object.hasOwn(dns.addresses, address) ? dns.addresses[address] : undefined;
      return found && place(found);
    },
  };
}
