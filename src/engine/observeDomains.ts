import { lookUpDomain } from '../dns/lookUpDomain.ts';
import type { NameServers } from '../dns/servers.ts';
import type { KeptDomain } from '../guide/kept.ts';
import type { DnsAnswer, DomainObservation } from '../guide/snapshot.ts';

export interface ObserveDomains {
  readonly servers: NameServers;
  /** What the look before saw: it tells since when name servers have been disagreeing. */
  readonly before?: readonly DomainObservation[];
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

/** Looks every kept domain up, all at once. Rejects only with the signal's reason. */
export function observeDomains(
  domains: readonly KeptDomain[],
  { before = [], ...options }: ObserveDomains,
): Promise<readonly DomainObservation[]> {
  const shared = new Map<string, Promise<unknown>>();
  return Promise.all(
    domains.map(async ({ name, verificationValue: value }) => {
      const seen = await lookUpDomain({ name, ...(value !== undefined && { value }), shared, ...options });
      if (value === undefined || !isDiffering(seen.answers, value)) return seen;
      const since = before.find((one) => one.name === name)?.differingSince ?? seen.at;
      return { ...seen, differingSince: since };
    }),
  );
}

/** Whether servers of the zone tell different things of the record at one name. */
function isDiffering(answers: readonly DnsAnswer[], value: string): boolean {
  const own = answers.filter(
    ({ server, outcome }) =>
      server.role === 'authoritative' &&
      server.undelegated !== true &&
      ['found', 'nodata', 'nxdomain'].includes(outcome),
  );
  return [...new Set(own.map(({ queried }) => queried))].some((name) => {
    const about = own.filter(({ queried }) => queried === name);
    const holding = about.filter(({ txt }) => txt.includes(value));
    return holding.length > 0 && holding.length < about.length;
  });
}
