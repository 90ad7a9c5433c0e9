import type { DomainObservation } from '../guide/snapshot.ts';
import type { KeptDomain } from '../guide/kept.ts';
import { lookUpDomain, type DnsServer } from '../dns/lookUpDomain.ts';

/** Looks every kept domain up, all at once. `servers` fixes whom to ask (the sandbox); absent: found by delegation. */
export async function observeDomains(
  domains: readonly KeptDomain[],
  servers: readonly DnsServer[] | undefined,
  options: { readonly now: () => number; readonly signal?: AbortSignal },
): Promise<readonly DomainObservation[]> {
  return Promise.all(
    domains.map(({ name }) => lookUpDomain({ name, ...(servers && { servers }), ...options })),
  );
}
