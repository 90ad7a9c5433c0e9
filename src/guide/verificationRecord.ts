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
  /** Amazon Route 53: a change batch for `aws route53 change-resource-record-sets`. CREATE: nothing is overwritten. */
  readonly route53: string;
  /** Azure DNS: a command of the Azure CLI, with the resource group to fill in. */
  readonly azure: string;
  /** Cloudflare: a call of its API, with zone id and token in variables. */
  readonly cloudflare: string;
}

/**
 * `value` is the whole TXT value. Zone file, Route 53 and Cloudflare quote it, other providers want it without quotation
 * marks. `zone` is the one that the domain lies in.
 */
export function verificationRecord(domain: string, value: string, zone = domain): VerificationRecord {
  const [name, alternativeName] = recordNames(domain);
  const hostLabel =
    zone === domain || !domain.endsWith(`.${zone}`) ? recordPrefix : name.slice(0, -zone.length - 1);
  return {
    type: 'TXT',
    name,
    hostLabel,
    alternativeName,
    value,
    bind: `${name}. 300 IN TXT "${value}"`,
    route53: JSON.stringify(
      {
        Changes: [
          {
            Action: 'CREATE',
            ResourceRecordSet: {
              Name: `${name}.`,
              Type: 'TXT',
              TTL: 300,
              ResourceRecords: [{ Value: `"${value}"` }],
            },
          },
        ],
      },
      undefined,
      2,
    ),
    azure: `az network dns record-set txt add-record --resource-group <resource group> --zone-name ${zone} --record-set-name ${hostLabel} --value "${value}"`,
    cloudflare: [
      'curl https://api.cloudflare.com/client/v4/zones/$CLOUDFLARE_ZONE_ID/dns_records',
      '-H "Authorization: Bearer $CLOUDFLARE_API_TOKEN"',
      '-H "Content-Type: application/json"',
      `--data '${JSON.stringify({ type: 'TXT', name, content: `"${value}"`, ttl: 300 })}'`,
    ].join(' '),
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
