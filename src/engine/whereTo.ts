import { clouds, graphBaseUrl } from '../entra/clouds.ts';
import type { Snapshot } from '../guide/snapshot.ts';
import type { DnsServer } from '../dns/lookUpDomain.ts';
import type { Connection } from './connection.ts';

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

/** Whom to ask about DNS: the sandbox's server, or `undefined` for those that delegation and the built-in list name. */
export function dnsServersOf(connection: Connection): readonly DnsServer[] | undefined {
  if (connection.kind === 'tenant') return undefined;
  const { host, port } = connection.endpoints.dns;
  return [{ role: 'authoritative', name: 'sandbox DNS server', address: host, port }];
}
