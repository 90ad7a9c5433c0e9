import { parse } from 'tldts';
import type { DomainObservation } from '../guide/snapshot.ts';

/**
 * What the Public Suffix List says of a name in A-label form: it is a suffix under which others register, it lies below the
 * suffix of a hosting service, or its top-level domain is not on the list. Nothing for a domain as they mostly are.
 */
export function suffixKind(name: string): DomainObservation['suffix'] {
  const { domain, isIcann, isPrivate } = parse(name, { allowPrivateDomains: true });
  if (isIcann !== true && isPrivate !== true) return 'unlisted';
  if (domain === null) return 'suffix';
  return isPrivate === true ? 'hosted' : undefined;
}
