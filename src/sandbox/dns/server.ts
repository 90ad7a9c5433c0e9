import type { AddressInfo, Socket } from 'node:net';
import { createTCPServer, createUDPServer } from 'dns2';
import type DNS from 'dns2';
import type { DnsData } from '../state.ts';
import { answerTo } from './answer.ts';

/** A running DNS server; UDP and TCP have the same port. */
export interface DnsServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves the zones in `data`, as they are at each query, over UDP and TCP. Port 0 takes any that is free for both.
 * Also notes the address in `data.address`, for the sandbox's own look-ups.
 */
export async function startDnsServer(
  data: DnsData,
  options: { host?: string; port?: number } = {},
): Promise<DnsServer> {
  const host = options.host ?? '127.0.0.1';
  const wanted = options.port ?? 0;
  for (let attempt = 1; ; attempt++)
    try {
      const server = await listen(data, host, wanted);
      data.address = { host, port: server.port };
      return server;
    } catch (error) {
      // The port that UDP was given may be taken for TCP: ask for another.
      if (wanted !== 0 || attempt === 20) throw error;
    }
}

async function listen(data: DnsData, host: string, wanted: number): Promise<DnsServer> {
  const handle: DNS.DnsHandler = (request, send) => {
    if (request.header.qr === 1) return;
    // The library's TCP server returns nothing where its UDP server returns a promise.
    void Promise.resolve(send(answerTo(data, request))).catch(() => undefined);
  };
  const udp = createUDPServer(handle);
  await started(udp, () => udp.bind(wanted, host));
  const { port } = udp.address();
  const tcp = createTCPServer(handle);
  const connections = new Set<Socket>();
  tcp.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  try {
    await started(tcp, () => tcp.listen(port, host));
  } catch (error) {
    udp.close();
    throw error;
  }
  // What a client does to its own connection must not end the server.
  udp.on('error', () => undefined);
  tcp.on('error', () => undefined);
  return {
    port: (tcp.address() as AddressInfo).port,
    close: async () => {
      const closed = Promise.all([
        new Promise<void>((resolve) => void udp.close(resolve)),
        new Promise<void>((resolve) => void tcp.close(() => resolve())),
      ]);
      for (const socket of connections) socket.destroy();
      await closed;
      data.address = undefined;
    },
  };
}

function started(server: NodeJS.EventEmitter, listen: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.removeListener('error', reject);
      resolve();
    });
    listen();
  });
}
