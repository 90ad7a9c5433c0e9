import type { DnsAnswer } from '../guide/snapshot.ts';

/** The server knows: an error or silence says nothing about the record. */
export function isDefinite({ outcome }: DnsAnswer): boolean {
  return ['found', 'nodata', 'nxdomain', 'alias', 'delegated'].includes(outcome);
}

/** Whether the wanted value is in an answer; without one, whether there is any TXT record. */
export function holds({ outcome, txt }: DnsAnswer, value: string | undefined): boolean {
  return outcome === 'found' && (value === undefined ? txt.length > 0 : txt.includes(value));
}

/** The names that every authoritative server heard has the value at, so that to ask resolvers makes none remember a lack. */
export function standingNames(answers: readonly DnsAnswer[], value: string | undefined): readonly string[] {
  return namesIn(answers).filter((name) => {
    const definite = answers.filter((answer) => answer.queried === name && isDefinite(answer));
    return definite.length > 0 && definite.every((answer) => holds(answer, value));
  });
}

/** Whether any server has the value at any name. */
export function standsSomewhere(answers: readonly DnsAnswer[], value: string | undefined): boolean {
  return answers.some((answer) => holds(answer, value));
}

export function namesIn(answers: readonly DnsAnswer[]): readonly string[] {
  return [...new Set(answers.map(({ queried }) => queried))];
}
