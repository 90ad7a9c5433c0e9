import { Packet } from 'dns2';
import { ask } from './ask.ts';
import type { SocketAddress } from './ask.ts';
import { DnsCache } from './cache.ts';
import type { Learnt } from './cache.ts';
import { addressOfRole } from './hosts.ts';
import { canonical, inZone } from './names.ts';
import { faultOf, replyTo } from './wire.ts';

const { TYPE, RCODE } = Packet;
const MOST_REFERRALS = 10;
const LONGEST_CHAIN = 8;

export interface ResolverOptions {
  /** Epoch milliseconds of the sandbox clock, by which the cache ages. */
  readonly now: () => number;
  /** Where the server with this address really listens. */
  readonly locate: (address: string) => SocketAddress | undefined;
  /** Real milliseconds that a name server has for its answer. */
  readonly patience: number;
}

/**
 * A public resolver: asks its way from the root to a zone's name servers by real packets, passes over those that are lame
 * or silent, follows aliases, and keeps what it learns as long as its TTL allows.
 */
export class Resolver {
  readonly cache: DnsCache;
  readonly #options: ResolverOptions;

  constructor(options: ResolverOptions) {
    this.#options = options;
    this.cache = new DnsCache(options.now);
  }

  /** Answers a query. Without RD it tells what is in the cache, and refuses the rest. */
  async respond(request: Packet): Promise<Packet> {
    const reply = replyTo(request);
    reply.header.ra = 1;
    const [question] = request.questions;
    const fault = faultOf(request);
    if (fault !== undefined || !question) {
      reply.header.rcode = fault ?? RCODE.FORMERR;
      return reply;
    }
    const recursive = request.header.rd === 1;
    let name = canonical(question.name);
    for (let links = 0; links < LONGEST_CHAIN; links++) {
      const learnt = await this.#lookUp(name, question.type, recursive);
      if (!learnt) {
        reply.header.rcode = recursive ? RCODE.SERVFAIL : RCODE.REFUSED;
        reply.answers = [];
        return reply;
      }
      reply.header.rcode = learnt.rcode;
      reply.answers.push(...learnt.answers);
      const alias = learnt.answers.find((one) => one.type === TYPE.CNAME);
      if (alias && question.type !== TYPE.CNAME) {
        name = canonical(alias.domain ?? '');
        continue;
      }
      if (learnt.soa && learnt.answers.length === 0) reply.authorities.push(learnt.soa);
      return reply;
    }
    reply.header.rcode = RCODE.SERVFAIL;
    return reply;
  }

  async #lookUp(name: string, type: number, recursive: boolean): Promise<Learnt | undefined> {
    const known = this.cache.get(name, type) ?? this.cache.get(name, TYPE.CNAME);
    if (known && (known.answers.length > 0 || this.cache.get(name, type))) return known;
    if (!recursive) return undefined;
    const reply = await this.#iterate(name, type);
    if (!reply) return undefined;
    const own = reply.answers.filter((one) => canonical(one.name) === name);
    const alias = own.filter((one) => one.type === TYPE.CNAME);
    const answers = alias.length > 0 ? alias : own;
    const soa = reply.authorities.find((one) => one.type === TYPE.SOA);
    const learnt: Learnt = {
      rcode: answers.length > 0 ? RCODE.NOERROR : reply.header.rcode,
      answers,
      soa: answers.length > 0 ? undefined : soa,
    };
    this.cache.put(name, alias.length > 0 ? TYPE.CNAME : type, learnt);
    return learnt;
  }

  /** From the root down: the first reply that settles the question. */
  async #iterate(name: string, type: number): Promise<Packet | undefined> {
    let [zone, addresses] = ['', [addressOfRole('parent')]];
    for (let step = 0; step < MOST_REFERRALS; step++) {
      const reply = await this.#askAny(addresses, zone, name, type);
      if (!reply) return undefined;
      const next = referral(reply, zone, name);
      if (!next) return reply;
      [zone, addresses] = [next.zone, next.addresses];
    }
    return undefined;
  }

  /** The first usable reply of a zone's servers, asked one after the other. */
  async #askAny(
    addresses: readonly string[],
    zone: string,
    name: string,
    type: number,
  ): Promise<Packet | undefined> {
    for (const address of addresses) {
      const server = this.#options.locate(address);
      if (!server) continue;
      try {
        const asking = { name, type, recursive: false, patience: this.#options.patience };
        const reply = await ask(server, asking);
        if (isUsable(reply, zone, name)) return reply;
      } catch {
        // Silent or closed: the next one.
      }
    }
    return undefined;
  }
}

function isUsable(reply: Packet, zone: string, name: string): boolean {
  const { rcode, aa } = reply.header;
  if (rcode !== RCODE.NOERROR && rcode !== RCODE.NXDOMAIN) return false;
  return aa === 1 || referral(reply, zone, name) !== undefined;
}

/** The zone nearer to the name that a reply leads to, with the addresses of its servers that came along. */
function referral(
  reply: Packet,
  zone: string,
  name: string,
): { zone: string; addresses: string[] } | undefined {
  if (reply.header.aa === 1 || reply.answers.length > 0) return undefined;
  const servers = reply.authorities.filter((one) => one.type === TYPE.NS);
  const to = canonical(servers[0]?.name ?? '');
  if (to === zone || !inZone(zone, to) || !inZone(to, name)) return undefined;
  const hosts = new Set(servers.map(({ ns }) => canonical(ns ?? '')));
  const addresses = reply.additionals.flatMap((one) =>
    one.type === TYPE.A && hosts.has(canonical(one.name)) && one.address !== undefined ? [one.address] : [],
  );
  return { zone: to, addresses: [...new Set(addresses)].reverse() };
}
