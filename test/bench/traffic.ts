import { subscribe } from 'node:diagnostics_channel';
import { Socket as Datagrams } from 'node:dgram';
import type { Socket } from 'node:net';
import { mock } from 'node:test';
import type { SandboxEndpoints } from '../../src/engine/connection.ts';

/** Requests to Microsoft Graph and to Kiro's SCIM endpoint (a `$batch` is one), and questions to DNS servers. */
export interface Traffic {
  readonly graph: number;
  readonly scim: number;
  readonly dns: number;
}

/**
 * Counts what leaves this process: the sandbox can't tell it from what its own provisioning service and resolver send.
 * Answers with what was sent since the last call.
 */
export function countTraffic({ graph, scim, dns, resolver }: SandboxEndpoints): () => Traffic {
  const graphAt = new URL(graph).origin;
  const scimAt = new URL(scim).origin;
  const dnsPorts = [dns, resolver, resolver.internal, ...Object.values(dns.addresses)].map(
    ({ port }) => port,
  );
  const dnsOverHttps = new URL(resolver.doh).origin;
  let counted = { graph: 0, scim: 0, dns: 0 };
  const datagrams = mock.method(Datagrams.prototype, 'send').mock;
  subscribe('undici:request:create', (message) => {
    const { origin } = (message as { request: { origin: string } }).request;
    if (origin === graphAt) counted.graph += 1;
    if (origin === scimAt) counted.scim += 1;
    if (origin === dnsOverHttps) counted.dns += 1;
  });
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket };
    socket.once('connect', () => {
      if (dnsPorts.includes(socket.remotePort ?? 0)) counted.dns += 1;
    });
  });
  return () => {
    const { dns: overTcp, ...rest } = counted;
    const since = { ...rest, dns: overTcp + datagrams.callCount() };
    counted = { graph: 0, scim: 0, dns: 0 };
    datagrams.resetCalls();
    return since;
  };
}
