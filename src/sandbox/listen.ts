import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Certificate } from './certificates.ts';

/** A server that listens on loopback. */
export interface Listening {
  /** Origin without a final slash. */
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}

const host = '127.0.0.1';

/** Serves an app on loopback, by https where a certificate is given. Port 0 takes any that is free. */
export function listen(
  app: { fetch: Hono['fetch'] },
  options: { readonly port: number; readonly certificate?: Certificate },
): Promise<Listening> {
  const { certificate } = options;
  const server = createAdaptorServer({
    fetch: app.fetch,
    hostname: host,
    ...(certificate
      ? {
          createServer: createSecureServer,
          serverOptions: { key: certificate.privateKey, cert: certificate.certificate },
        }
      : { createServer }),
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, () => {
      server.off('error', reject);
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : options.port;
      resolve({
        origin: `${certificate ? 'https' : 'http'}://${host}:${port}`,
        port,
        close: () =>
          new Promise((closed) => {
            server.close(() => {
              closed();
            });
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
  });
}
