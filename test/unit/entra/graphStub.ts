import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the stub saw it; a JSON body is parsed. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** Sent as it is instead of a JSON body. */
  readonly raw?: string;
}

export interface Stub extends AsyncDisposable {
  readonly origin: string;
  readonly baseUrl: string;
  readonly seen: Seen[];
}

/** A loopback server that answers with what `handle` says. */
export async function stub(handle: (seen: Seen, nth: number) => Reply | Promise<Reply>): Promise<Stub> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void serve(request, response);
  });
  async function serve(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const one: Seen = {
      method: request.method!,
      path: request.url!,
      authorization: request.headers.authorization,
      body: text.startsWith('{') ? JSON.parse(text) : text || undefined,
    };
    seen.push(one);
    const { status = 200, headers = {}, body, raw } = await handle(one, seen.length);
    response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'r-1', ...headers });
    response.end(raw ?? (body === undefined ? undefined : JSON.stringify(body)));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    baseUrl: `${origin}/v1.0`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
