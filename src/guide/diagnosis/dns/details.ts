import type { DomainObservation } from '../../snapshot.ts';
import { text, type Text } from '../../text.ts';
import { ofAuthorities, ofPublicResolvers, serverList } from './answers.ts';
import { providerOf } from './providers.ts';

/** What else a look saw of a domain that helps to tell where to turn, a sentence each. */
export function dnsDetails({ name, answers, zone, suffix, blocked }: DomainObservation): readonly Text[] {
  const details: Text[] = [];
  const authorities = ofAuthorities(answers);
  const delegated = zone?.delegated ?? [];
  if (zone && zone.exists && delegated.length > 0) {
    const provider = providerOf(delegated);
    details.push(
      provider === undefined
        ? text('The zone {0} is served by {1}.', zone.name, delegated.join(', '))
        : text('The zone {0} is served by {1} ({2}).', zone.name, provider, delegated.join(', ')),
    );
  }
  const own = zone?.own ?? [];
  const extra = own.filter((host) => !delegated.includes(host));
  const stale = own.length > 0 ? delegated.filter((host) => !own.includes(host)) : [];
  if (extra.length > 0)
    details.push(text('The zone names {0} as its servers too, the delegation does not.', extra.join(', ')));
  if (stale.length > 0)
    details.push(text('The delegation names {0}, the zone itself does not.', stale.join(', ')));
  const lame = authorities.filter(({ outcome }) => ['lame', 'refused', 'servfail'].includes(outcome));
  if (lame.length > 0) details.push(text('Not serving the domain: {0}.', serverList(lame)));
  const silent = authorities.filter(({ outcome }) => ['timeout', 'unreachable'].includes(outcome));
  if (silent.length > 0 && silent.length < authorities.length)
    details.push(text('Without an answer: {0}.', serverList(silent)));
  const serials = new Set(authorities.flatMap((one) => (one.zone === zone?.name ? (one.serial ?? []) : [])));
  if (serials.size > 1)
    details.push(text('The servers have different versions of the zone: {0}.', [...serials].join(', ')));
  if (ofPublicResolvers(answers).some(({ validated }) => validated === true))
    details.push(text('The answer is signed by DNSSEC and valid.'));
  if (suffix === 'hosted')
    details.push(text('{0} lies below a suffix of a hosting service; most people’s addresses do not.', name));
  if (suffix === 'unlisted')
    details.push(text('The end of {0} is not in the list of public suffixes.', name));
  if (blocked === true)
    details.push(text('Port 53 is closed in this network; resolvers were asked over HTTPS.'));
  return details;
}
