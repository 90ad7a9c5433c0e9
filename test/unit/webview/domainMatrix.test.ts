import assert from 'node:assert/strict';
import { health } from '../../../src/guide/health.ts';
import type { DnsAnswer, DomainObservation } from '../../../src/guide/snapshot.ts';
import { text } from '../../../src/guide/text.ts';
import { domainMatrix } from '../../../src/ui/panels/domainMatrix.ts';
import { now, samples } from '../../webview-preview/samples.ts';

/** The record is there, and a public resolver remembers for five minutes that it was not. */
function remembering(name: string, value: string): DomainObservation {
  const queried = `kiro-app-1.${name}`;
  const answer = (role: DnsAnswer['server']['role'], outcome: DnsAnswer['outcome']): DnsAnswer => ({
    server: { role, name: `${role}.example` },
    queried,
    outcome,
    txt: outcome === 'found' ? [value] : [],
    ...(outcome === 'nxdomain' && { negativeTtl: 300 }),
  });
  return { name, at: now, answers: [answer('authoritative', 'found'), answer('public', 'nxdomain')] };
}

describe('card of a domain', () => {
  it('says the end of a wait once, where its clock runs', () => {
    const view = samples.busy;
    const { observation } = view;
    assert.ok(observation);
    const domain = { name: 'contoso.com', verificationValue: 'kiro-site-verification=1', addedAt: now };
    const kept = { ...view.kept, domains: [domain] };
    const seen = [remembering(domain.name, domain.verificationValue)];
    const snapshot = { ...observation.snapshot, at: now, kept, domains: seen };
    const card = domainMatrix(domain, { ...view, kept, observation: { snapshot, health: health(snapshot) } });
    assert.equal(card.clock?.until, now + 300_000);
    assert.equal(card.state.status, 'waiting');
    const end = view.words(text('{0}', { at: now + 300_000 }));
    const lines = [card.state.words, card.evidence, card.remedy, card.clock.words, card.nextLook];
    assert.equal(lines.filter((line) => line?.includes(end)).length, 1);
  });
});
