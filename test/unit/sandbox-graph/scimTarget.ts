import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';

/** A SCIM endpoint that takes whatever it is sent and knows nobody. */
export interface ScimTarget {
  readonly baseAddress: string;
  /** What it answers from now on instead, or undefined. */
  refuse(status: number | undefined): void;
  close(): Promise<void>;
}

/** Listens on a free port of loopback. Knows the token `right`. */
export async function startScimTarget(): Promise<ScimTarget> {
  let refusal: number | undefined;
  const server = createServer((request, response) => {
    const answer = (status: number, body?: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/scim+json' });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.headers.authorization !== 'Bearer right') {
        answer(401, { status: '401' });
        return;
      }
      if (refusal !== undefined) {
        answer(refusal, { status: String(refusal), detail: 'refused' });
        return;
      }
      if (request.method === 'GET') {
        answer(200, {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
          totalResults: 0,
          startIndex: 1,
          itemsPerPage: 0,
          Resources: [],
        });
        return;
      }
      if (request.method !== 'POST') {
        answer(204);
        return;
      }
      const resource = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      answer(201, { ...resource, id: randomUUID() });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseAddress: `http://127.0.0.1:${port}/scim/v2`,
    refuse: (status) => {
      refusal = status;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
