import type { Text } from '../../text.ts';

export type DnsVerdictKind =
  /** Public, at one of the names that count. */
  | 'public'
  /** On the authoritative servers; public resolvers still remember that it was missing. */
  | 'remembered'
  /** On some of the authoritative servers. */
  | 'disagree'
  /** There, but resolvers that validate by DNSSEC hold it for forged. */
  | 'bogus'
  /** There, but public resolvers get no answer from the zone's servers. */
  | 'unresolved'
  /** Answers too long for UDP, and no answer over TCP. */
  | 'truncated'
  | 'stale'
  | 'altered'
  | 'doubled'
  | 'otherName'
  /** On servers that the zone names and its parent doesn't. */
  | 'wrongZone'
  | 'internalOnly'
  /** The record's name is a zone of its own, on other servers. */
  | 'childZone'
  /** A CNAME record stands at the name. */
  | 'alias'
  /** A wildcard answers in place of the record. */
  | 'wildcard'
  /** The domain is with a parking service, or expired. */
  | 'parked'
  | 'missing'
  | 'noSuchDomain'
  | 'publicSuffix'
  /** The servers that the domain is delegated to don't answer for it. */
  | 'lame'
  /** They report failures. */
  | 'broken'
  | 'unreachable'
  | 'notAsked';

/** What the answers about one domain mean. */
export interface DnsVerdict {
  readonly kind: DnsVerdictKind;
  readonly status: 'met' | 'waiting' | 'unmet' | 'unknown';
  readonly label: Text;
  readonly evidence: Text;
  readonly remedy?: Text;
  /** When it is over or judged otherwise, and so worth looking again, where that can be told; epoch milliseconds. */
  readonly until?: number;
  /** What else was seen, a sentence each. */
  readonly details?: readonly Text[];
}
