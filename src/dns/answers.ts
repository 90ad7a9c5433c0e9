import { Packet } from 'dns2';
import type { DnsAnswer, DnsOutcome } from '../guide/snapshot.ts';
import type { Asked } from './ask.ts';
import type { Inquiry } from './inquiry.ts';
import {
  aliasChain,
  answersTo,
  authoritySoa,
  canonical,
  extendedError,
  isValidated,
  negativeTtl,
  referralIn,
  textOf,
  type DnsRecord,
  type Referral,
} from './message.ts';
import type { DnsServer } from './servers.ts';

/** An answer about the TXT records of a name, and what came with it. */
export interface Told {
  readonly answer: DnsAnswer;
  readonly server: DnsServer;
  readonly soa?: DnsRecord;
  /** To the zone further down that the name lies in. */
  readonly referral?: Referral;
}

/** Asks a zone's server for the TXT records that it holds itself; `zone` is the one that it is asked as server of. */
export async function askAuthority(
  server: DnsServer,
  name: string,
  zone: string,
  inquiry: Inquiry,
): Promise<Told> {
  return toldBy(server, name, await inquiry.ask(server, { name, type: 'TXT' }), zone);
}

/**
 * Asks a resolver to find the TXT records of a name; one that fails, also without validating, so that broken signatures are
 * told from broken servers. With `peek` it is asked for what it remembers, and learns nothing.
 */
export async function askResolver(
  server: DnsServer,
  name: string,
  inquiry: Inquiry,
  { peek = false } = {},
): Promise<DnsAnswer> {
  const question = { name, type: 'TXT', recursive: !peek } as const;
  const { answer } = toldBy(server, name, await inquiry.ask(server, question));
  if (answer.outcome !== 'servfail' || peek) return answer;
  const unchecked = toldBy(
    server,
    name,
    await inquiry.ask(server, { ...question, checkingDisabled: true }),
  ).answer;
  const answered = ['found', 'nodata', 'nxdomain', 'alias'].includes(unchecked.outcome);
  return answered || isBogusError(answer.extendedError) ? { ...answer, outcome: 'bogus' } : answer;
}

/** Extended errors that tell of DNSSEC validation that failed (RFC 8914, sections 4.7 to 4.13). */
function isBogusError(code: number | undefined): boolean {
  return code !== undefined && code >= 6 && code <= 12;
}

function toldBy(server: DnsServer, queried: string, { query, received, cutOff }: Asked, zone?: string): Told {
  const { role, name, undelegated, url } = server;
  const about = {
    queried: canonical(queried),
    server: { role, name, ...(undelegated === true && { undelegated }) },
    ...(url !== undefined && { overHttps: true }),
  };
  if (!('reply' in received)) return { answer: { ...about, outcome: received.outcome, txt: [] }, server };
  const { reply } = received;
  const txt = answersTo(reply, query).map(textOf);
  const referral = role === 'authoritative' ? referralIn(reply, queried, zone ?? '') : undefined;
  const soa = authoritySoa(reply, aliasChain(reply, queried).at(-1) ?? queried);
  const outcome = outcomeOf({ role, reply, txt, cutOff, queried, referral });
  const keep = txt.length === 0 ? negativeTtl(soa) : undefined;
  const alias = aliasChain(reply, queried).at(-1);
  const error = extendedError(reply);
  const apex = referral?.zone ?? soa?.name;
  return {
    answer: {
      ...about,
      outcome,
      // A server without authority over the name is not believed.
      txt: outcome === 'lame' ? [] : txt,
      ...(keep !== undefined && { negativeTtl: keep }),
      ...(alias !== undefined && alias !== about.queried && { alias }),
      ...(apex !== undefined && { zone: canonical(apex) }),
      ...(soa?.serial !== undefined && { serial: soa.serial }),
      ...(role !== 'authoritative' && isValidated(reply) && { validated: true }),
      ...(error !== undefined && { extendedError: error }),
    },
    server,
    ...(soa && { soa }),
    ...(referral && { referral }),
  };
}

function outcomeOf({
  role,
  reply: { header, answers },
  txt,
  cutOff,
  queried,
  referral,
}: {
  readonly role: DnsServer['role'];
  readonly reply: Packet;
  readonly txt: readonly string[];
  readonly cutOff: boolean;
  readonly queried: string;
  readonly referral: Referral | undefined;
}): DnsOutcome {
  switch (header.rcode) {
    case Packet.RCODE.NOERROR: {
      if (referral) return 'delegated';
      if (role === 'authoritative' && header.aa !== 1) return 'lame';
      if (cutOff) return 'truncated';
      if (txt.length > 0) return 'found';
      const alias = answers.some(
        (one) => one.type === Packet.TYPE.CNAME && canonical(one.name) === canonical(queried),
      );
      return alias ? 'alias' : 'nodata';
    }
    case Packet.RCODE.NXDOMAIN:
      if (role === 'authoritative' && header.aa !== 1) return 'lame';
      // The name is there; what it is an alias of is not (RFC 6604).
      return answers.some(
        (one) => one.type === Packet.TYPE.CNAME && canonical(one.name) === canonical(queried),
      )
        ? 'alias'
        : 'nxdomain';
    case Packet.RCODE.REFUSED:
    case Packet.RCODE.NOTAUTH:
      return 'refused';
    default:
      return 'servfail';
  }
}
