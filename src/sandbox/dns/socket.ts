import type { AddressInfo, Socket } from 'node:net';
import { createTCPServer, createUDPServer } from 'dns2';
import type DNS from 'dns2';
import type { Packet } from 'dns2';
import type { Response, Transport } from './respond.ts';
import { cutOff, limitOf } from './wire.ts';

/** Sockets that answer DNS queries; UDP and TCP have the same port. */
export interface DnsSocket {
  readonly port: number;
  close(): Promise<void>;
}

export type Handler = (request: Packet, transport: Transport) => Promise<Response>;

/** Answers over UDP, and over TCP unless told not to. Port 0 takes any that is free for both. */
export async function openSocket(
  handler: Handler,
  options: { readonly host: string; readonly port: number; readonly tcp?: boolean },
): Promise<DnsSocket> {
  for (let attempt = 1; ; attempt++)
    try {
      return await open(handler, options.host, options.port, options.tcp ?? true);
    } catch (error) {
      // The port that UDP was given may be taken for TCP: ask for another.
      if (options.port !== 0 || attempt === 20) throw error;
    }
}

async function open(handler: Handler, host: string, wanted: number, withTcp: boolean): Promise<DnsSocket> {
  const udp = createUDPServer((request, send) => {
    void answer(handler, request, 'udp', send);
  });
  await started(udp, () => udp.bind(wanted, host));
  const { port } = udp.address();
  // What a client does to its own connection must not end the server.
  udp.on('error', () => undefined);
  if (!withTcp) return { port, close: () => new Promise((resolve) => void udp.close(resolve)) };
  const tcp = createTCPServer((request, send, client) => {
    void answer(handler, request, 'tcp', send, client);
  });
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
    },
  };
}

async function answer(
  handler: Handler,
  request: Packet,
  transport: 'udp' | 'tcp',
  send: Parameters<DNS.DnsHandler>[1],
  client?: unknown,
): Promise<void> {
  if (request.header.qr === 1) return;
  try {
    const reply = await handler(request, transport);
    if (reply === 'silence') return;
    if (reply === 'reset') {
      if (isSocket(client)) client.destroy();
      return;
    }
    const tooLong = transport === 'udp' && reply.toBuffer().length > limitOf(request);
    // The library's TCP server returns nothing where its UDP server returns a promise.
    await Promise.resolve(send(tooLong ? cutOff(reply) : reply));
  } catch {
    // A socket that was closed meanwhile: nobody is there to be told.
  }
}

function isSocket(client: unknown): client is Socket {
  return typeof client === 'object' && client !== null && 'destroy' in client;
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
