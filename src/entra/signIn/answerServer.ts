import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { notSignedInPage, signedInPage } from './pages.ts';

/** A server on loopback that waits for one answer of an authorize request. */
export interface AnswerServer {
  readonly port: number;
  /** Of the ports asked for, those that something else listens on. */
  readonly taken: readonly number[];
  /** The parameters of the first answer that carries the expected `state`. */
  readonly answer: Promise<URLSearchParams>;
  close(): void;
}

/** No authorize answer is longer than this many characters. */
const longestBody = 64 * 1024;

/**
 * Listens on 127.0.0.1 at the first port that is free (any, when none of them is) and takes an answer at `path` only, in
 * the query or as a posted form. An answer with another `state` is refused and waited past.
 */
export async function listenForAnswer(options: {
  readonly ports: readonly number[];
  readonly path: string;
  readonly state: string;
}): Promise<AnswerServer> {
  let settle: (parameters: URLSearchParams) => void = () => undefined;
  const answer = new Promise<URLSearchParams>((resolve) => (settle = resolve));
  const server = createServer((request, response) => {
    parametersOf(request, options.path).then(
      (parameters) => {
        const states = parameters?.getAll('state');
        if (parameters === undefined) plain(response, 404);
        else if (states?.length !== 1 || states[0] !== options.state) plain(response, 400);
        else {
          page(response, parameters.has('code') ? signedInPage : notSignedInPage);
          settle(parameters);
        }
      },
      // Whoever sent it hung up in the middle: there is nobody to answer, and the real answer may still come.
      () => response.destroy(),
    );
  });
  const taken: number[] = [];
  for (const port of [...options.ports, 0]) {
    if (await listens(server, port)) break;
    taken.push(port);
  }
  return {
    port: (server.address() as AddressInfo).port,
    taken,
    answer,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function listens(server: Server, port: number): Promise<boolean> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (port === 0) throw error;
    return false;
  }
}

async function parametersOf(request: IncomingMessage, path: string): Promise<URLSearchParams | undefined> {
  const url = URL.parse(request.url ?? '', 'http://localhost');
  if (url?.pathname !== path) return undefined;
  if (request.method === 'GET') return url.searchParams;
  if (request.method !== 'POST') return undefined;
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > longestBody) return undefined;
  }
  return new URLSearchParams(body);
}

function page(response: ServerResponse, html: string): void {
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
    'Referrer-Policy': 'no-referrer',
    Connection: 'close',
  });
  response.end(html);
}

function plain(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain', Connection: 'close' });
  response.end(status === 400 ? 'This is not the answer that is waited for.' : 'There is nothing here.');
}
