import { Packet } from 'dns2';
import type { Resource } from './wire.ts';

/** What a resolver has learnt of a name and type: records, or that there are none, with the SOA that said so. */
export interface Learnt {
  readonly rcode: number;
  readonly answers: readonly Resource[];
  readonly soa: Resource | undefined;
}

/**
 * A resolver's cache by the sandbox clock: records for the smallest of their TTLs, "no such record" for the smaller of the
 * SOA's TTL and its MINIMUM (RFC 2308, section 5). What has no such SOA is not kept, and neither is a failure.
 */
export class DnsCache {
  readonly #now: () => number;
  readonly #entries = new Map<
    string,
    { readonly learnt: Learnt; readonly at: number; readonly until: number }
  >();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What is known, its TTLs counted down; undefined when nothing is, or no longer. */
  get(name: string, type: number): Learnt | undefined {
    const key = `${name} ${type}`;
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (this.#now() >= entry.until) {
      this.#entries.delete(key);
      return undefined;
    }
    const age = Math.floor((this.#now() - entry.at) / 1000);
    const { rcode, answers, soa } = entry.learnt;
    return { rcode, answers: answers.map((one) => aged(one, age)), soa: soa && aged(soa, age) };
  }

  put(name: string, type: number, learnt: Learnt): void {
    const seconds = lifetime(learnt);
    if (seconds <= 0) return;
    const at = this.#now();
    this.#entries.set(`${name} ${type}`, { learnt, at, until: at + seconds * 1000 });
  }

  /** What is kept, for people: seconds that are left. */
  list(): { name: string; type: string; rcode: number; seconds: number }[] {
    return [...this.#entries].flatMap(([key, { learnt, until }]) => {
      const [name = '', type = ''] = key.split(' ');
      const seconds = Math.ceil((until - this.#now()) / 1000);
      return seconds > 0 ? [{ name, type: Packet.typeName(Number(type)), rcode: learnt.rcode, seconds }] : [];
    });
  }

  clear(): void {
    this.#entries.clear();
  }
}

function lifetime({ answers, soa }: Learnt): number {
  if (answers.length > 0) return Math.min(...answers.map(({ ttl }) => ttl ?? 0));
  return soa ? Math.min(soa.ttl ?? 0, soa.minimum ?? 0) : 0;
}

function aged(record: Resource, age: number): Resource {
  const copy = new Packet.Resource(Object.fromEntries(Object.entries(record)));
  copy.ttl = Math.max((record.ttl ?? 0) - age, 0);
  return copy;
}
