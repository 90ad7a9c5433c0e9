import { createServer, request } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Half of the key that the web client encrypts its secret storage with; constant, so that secrets survive a reload. */
const serverKeyHalf = Buffer.alloc(32, 7);

/** An address that is forwarded to VS Code's server. */
export interface KeyProxy {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Stands in front of VS Code's server and answers `POST /mint-key`, which the web client asks and the bare server does
 * not know: without it the client forgets secret storage on every reload. All else goes through untouched.
 */
export async function startKeyProxy(target: number, options: { readonly port: number }): Promise<KeyProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => {
    if (incoming.method === 'POST' && incoming.url === '/mint-key') {
      response.end(serverKeyHalf);
      return;
    }
    const outgoing = request(forwarded(incoming, target), (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) =>
    upgrade(incoming, socket, head, target),
  );
  await listen(server, options.port);
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function forwarded(incoming: IncomingMessage, port: number) {
  const { method, url, headers } = incoming;
  return { host: '127.0.0.1', port, method: method ?? 'GET', path: url ?? '/', headers };
}

function upgrade(incoming: IncomingMessage, socket: Socket, head: Buffer, port: number): void {
  const outgoing = connect(port, '127.0.0.1', () => {
    const lines = [`${incoming.method ?? 'GET'} ${incoming.url ?? '/'} HTTP/1.1`];
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      lines.push(`${incoming.rawHeaders[i] ?? ''}: ${incoming.rawHeaders[i + 1] ?? ''}`);
    }
    outgoing.write(`${lines.join('\r\n')}\r\n\r\n`);
    outgoing.write(head);
    outgoing.pipe(socket).pipe(outgoing);
  });
  outgoing.on('error', () => socket.destroy());
  socket.on('error', () => outgoing.destroy());
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
