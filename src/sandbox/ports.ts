import type { Hono } from 'hono';
import type { Certificate } from './certificates.ts';
import { listen } from './listen.ts';
import type { Listening } from './listen.ts';
import type { Ports } from './saved/savedState.ts';

/** Servers in the order of their ports from `--port` on. */
const order = ['graph', 'login', 'scim', 'console', 'control', 'dns', 'resolver', 'doh'] as const;

/** A server with a port of its own; numbers are the consoles of the tenants after the first. */
export type Served = (typeof order)[number] | number;

/** Where the servers of one sandbox listen. */
export interface Harbour {
  /** Serves an app at its place. */
  serve(name: Served, app: { fetch: Hono['fetch'] }): Promise<string>;
  /** Finds the place of a server that listens by itself. */
  place<T extends { readonly port: number }>(name: Served, open: (port: number) => Promise<T>): Promise<T>;
  /** The port of a server whose place nobody remembers: 0 unless `--port` says it. */
  demanded(name: Served): number;
  /** Where everything listens by now. */
  ports(): Ports;
}

/**
 * Ports follow `first`, the consoles of further tenants last; with 0 those of the last start are taken again where they are
 * free, and any other where they are not. What is opened is put into `running`.
 */
export function createHarbour(options: {
  readonly first: number;
  readonly last: Ports | undefined;
  readonly certificate: Certificate | undefined;
  readonly running: { close(): Promise<void> }[];
}): Harbour {
  const { first, last, certificate, running } = options;
  const taken = new Map<Served, number>();
  const demanded = (name: Served): number =>
    first === 0 ? 0 : first + (typeof name === 'number' ? order.length + name : order.indexOf(name));
  const harbour: Harbour = {
    demanded,
    async place<T extends { readonly port: number }>(
      name: Served,
      open: (port: number) => Promise<T>,
    ): Promise<T> {
      const wish = wishOf(name, last);
      const opened =
        first !== 0 || wish === 0 ? await open(demanded(name)) : await open(wish).catch(() => open(0));
      taken.set(name, opened.port);
      return opened;
    },
    async serve(name, app) {
      const listening = await harbour.place<Listening>(name, (port) =>
        listen(app, { port, ...(certificate ? { certificate } : {}) }),
      );
      running.push(listening);
      return listening.origin;
    },
    ports() {
      const port = (name: Served): number => taken.get(name) ?? 0;
      return {
        graph: port('graph'),
        login: port('login'),
        scim: port('scim'),
        console: port('console'),
        control: port('control'),
        dns: port('dns'),
        consoles: [...taken].flatMap(([name, one]) => (typeof name === 'number' ? [one] : [])),
      };
    },
  };
  return harbour;
}

function wishOf(name: Served, last: Ports | undefined): number {
  if (typeof name === 'number') return last?.consoles[name] ?? 0;
  if (name === 'resolver' || name === 'doh') return 0;
  return last?.[name] ?? 0;
}
