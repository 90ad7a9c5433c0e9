import type { Fault } from '../fault.ts';

const zone = 'contoso.dev';

/** A second domain is added, and its record goes wrong as people and providers get it wrong. */
function oddRecord(preset: string, kind: string, name: string): Fault {
  return {
    name,
    broken: [
      { control: '/dns', body: { do: 'addZone', zone } },
      { kiro: 'domains', fields: { name: zone } },
      { control: '/dns', body: { do: 'preset', preset, zone } },
    ],
    cause: `dns.${kind}`,
    // The provider's side is put right; Kiro then looks, and its console says so.
    byHand: [
      { control: '/dns', body: { do: 'preset', preset: 'healthy', zone } },
      { control: '/dns', body: { do: 'emptyCache' } },
      { kiro: 'check-domains' },
    ],
  };
}

/** The verification record of step 3. */
export const dnsFaults: readonly Fault[] = [
  oddRecord('missing', 'missing', 'record never added'),
  oddRecord('doubled-suffix', 'doubled', 'provider appended the zone twice'),
  oddRecord('wildcard', 'wildcard', 'a wildcard answers in place of the record'),
  oddRecord('stale-token', 'stale', 'value of an earlier attempt'),
  oddRecord('quotes', 'altered', 'quotation marks in the value'),
  oddRecord('invisible', 'altered', 'invisible character in the value'),
  oddRecord('cname', 'alias', 'a CNAME record stands at the name'),
  oddRecord('wrong-zone', 'parked', 'domain delegated to a parking service'),
  oddRecord('child-zone', 'childZone', 'the name is a zone of its own'),
  oddRecord('split-horizon', 'internalOnly', 'record only inside the company'),
  oddRecord('tcp-refused', 'truncated', 'answer too long, and no TCP'),
  oddRecord('servfail', 'broken', 'name servers report failures'),
];
