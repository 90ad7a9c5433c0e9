import { recordPrefix } from './kiro.ts';

/** The record that proves a domain to Kiro, ready to copy. */
export interface VerificationRecord {
  readonly type: 'TXT';
  /** The guide's name: `kiro-app-1.<domain>`. */
  readonly name: string;
  /** What most DNS providers ask for: the name within the zone, if the domain is the zone. */
  readonly hostLabel: string;
  /** The other place where such records have been seen: the domain itself. */
  readonly alternativeName: string;
  readonly value: string;
  /** One line of a zone file. */
  readonly bind: string;
}

/** `value` is the whole TXT value. The zone-file line quotes it, other providers want it without quotation marks. */
export function verificationRecord(domain: string, value: string): VerificationRecord {
  const [name, alternativeName] = recordNames(domain);
  return {
    type: 'TXT',
    name,
    hostLabel: recordPrefix,
    alternativeName,
    value,
    bind: `${name}. 300 IN TXT "${value}"`,
  };
}

/**
 * Where the record may stand, the guide's name first. The guide says "a prefix such as kiro-app-1", and in public DNS
 * such records stand at the domain itself, so both count.
 */
export function recordNames(domain: string): readonly [string, string] {
  return [`${recordPrefix}.${domain}`, domain];
}

/** Where the record ends up when the DNS provider appends the zone to a name that had it already. */
export function doubledNames(domain: string, zone: string): readonly string[] {
  return [zone, domain].flatMap((suffix) => [`${recordPrefix}.${domain}.${suffix}`, `${domain}.${suffix}`]);
}
