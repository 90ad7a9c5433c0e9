import type { DnsAnswer } from '../../snapshot.ts';

/** The server knows: an error or silence says nothing about the record. */
export function isDefinite({ outcome }: DnsAnswer): boolean {
  return outcome === 'found' || outcome === 'nodata' || outcome === 'nxdomain' || outcome === 'alias';
}

/** Whether the value is in the answer; what came before an answer was cut off doesn't count. */
export function holds({ outcome, txt }: DnsAnswer, value: string): boolean {
  return outcome === 'found' && txt.includes(value);
}

/** Answers of servers that look-ups really come to: those that the parent zone names. */
export function ofAuthorities(answers: readonly DnsAnswer[]): readonly DnsAnswer[] {
  return answers.filter(({ server }) => server.role === 'authoritative' && server.undelegated !== true);
}

export function ofPublicResolvers(answers: readonly DnsAnswer[]): readonly DnsAnswer[] {
  return answers.filter(({ server }) => server.role === 'public');
}

export function about(name: string, answers: readonly DnsAnswer[]): readonly DnsAnswer[] {
  return answers.filter(({ queried }) => queried === name);
}

/**
 * What authoritative servers say of a name in the end: where an alias leads out of the zone, the word of its target's servers;
 * where the name is a zone of its own, that of its servers.
 */
export function finalWord(name: string, answers: readonly DnsAnswer[]): readonly DnsAnswer[] {
  const own = ofAuthorities(about(name, answers));
  return own.flatMap((answer) => {
    if (answer.outcome !== 'alias' || answer.alias === undefined) return [answer];
    const target = ofAuthorities(about(answer.alias, answers)).filter(isDefinite);
    return target.length > 0 ? target : [answer];
  });
}

/** Names of servers, each once, as a list in a sentence. */
export function serverList(answers: readonly DnsAnswer[]): string {
  return [...new Set(answers.map(({ server }) => server.name))].join(', ');
}

/** Whether a zone's version is older than another: serial number arithmetic (RFC 1982). */
export function isOlder(serial: number, than: number): boolean {
  return serial !== than && (than - serial) >>> 0 < 0x80000000;
}
