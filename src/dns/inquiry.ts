import { setTimeout as delay } from 'node:timers/promises';
import { ask, type Asked, type Question } from './ask.ts';
import type { DnsServer, NameServers } from './servers.ts';

/** One look at DNS: whom it may ask, when it ends, and whether anybody outside this network was heard. */
export interface Inquiry {
  readonly servers: NameServers;
  readonly signal: AbortSignal;
  /** Asks, and notes who was heard. Never rejects. */
  ask(server: DnsServer, question: Question, signal?: AbortSignal): Promise<Asked>;
  /** Whether a server other than this machine's resolver answered on port 53. */
  readonly heard: boolean;
  /** What is found out once for all domains of a look, by key. */
  once<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** What the domains of one look share, so that a top-level domain's servers are looked for once. */
export type Shared = Map<string, Promise<unknown>>;

export function createInquiry(servers: NameServers, signal: AbortSignal, shared: Shared): Inquiry {
  let heard = false;
  return {
    servers,
    signal,
    async ask(server, question, own = signal) {
      const asked = await ask(server, question, own);
      if ('reply' in asked.received && server.role !== 'system' && server.url === undefined) heard = true;
      return asked;
    },
    get heard() {
      return heard;
    },
    once<T>(key: string, work: () => Promise<T>): Promise<T> {
      const known = shared.get(key) as Promise<T> | undefined;
      const found = known ?? work();
      if (!known) shared.set(key, found);
      return found;
    },
  };
}

/** Milliseconds after which the next server is asked beside one that has not answered yet. */
const nextAfter = 150;

/**
 * The first usable answer of servers that are asked one after the other, the next when one fails or takes its time. Those
 * that are still asked when one has answered are cancelled. `undefined` when none has an answer.
 */
export async function firstOf<T>(
  servers: readonly DnsServer[],
  signal: AbortSignal,
  work: (server: DnsServer, signal: AbortSignal) => Promise<T | undefined>,
): Promise<T | undefined> {
  const over = new AbortController();
  const end = AbortSignal.any([signal, over.signal]);
  const running: Promise<T>[] = [];
  try {
    for (const server of servers) {
      const one = work(server, end).then((found) => {
        if (found === undefined) throw new Error('No answer.');
        return found;
      });
      running.push(one);
      const known = await Promise.race([Promise.any(running).catch(() => undefined), pause(end, one)]);
      if (known !== undefined) return known;
    }
    return await Promise.any(running).catch(() => undefined);
  } finally {
    over.abort();
  }
}

/** Ends after a while, or as soon as the one that was asked last has failed. */
async function pause(signal: AbortSignal, last: Promise<unknown>): Promise<undefined> {
  const late = delay(nextAfter, undefined, { signal });
  await Promise.race([last.then(() => late), late]).catch(() => undefined);
  return undefined;
}
