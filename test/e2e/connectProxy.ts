import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A company's proxy: it opens tunnels (RFC 9110, CONNECT) to the hosts that it knows, and to no other. */
export interface ConnectProxy {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** Every host that somebody asked for, whether they got a tunnel or not. */
  readonly asked: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** Starts one. `hosts`: the port on this machine to which a tunnel to `HOST:443` really leads. */
export async function startConnectProxy(hosts: Readonly<Record<string, number>>): Promise<ConnectProxy> {
  const asked = new Set<string>();
  const sockets = new Set<Duplex>();
  const server = createServer((request, response) => {
    asked.add(request.headers.host ?? '?');
    response.writeHead(403).end();
  });
  server.on('connection', (socket) => keep(socket, sockets));
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const [host = '', port] = (request.url ?? '').split(':');
    asked.add(host);
    const target = port === '443' ? hosts[host] : undefined;
    if (target === undefined) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const tunnel = connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tunnel.write(head);
      tunnel.pipe(client).pipe(tunnel);
    });
    keep(tunnel, sockets);
    tunnel.on('error', () => client.destroy());
    client.on('error', () => tunnel.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function keep(socket: Socket | Duplex, sockets: Set<Duplex>): void {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
}
