import assert from 'node:assert/strict';
import { askResolver } from '../../src/dns/answers.ts';
import { createInquiry } from '../../src/dns/inquiry.ts';
import { lookUpDomain } from '../../src/dns/lookUpDomain.ts';
import { dnsVerdict } from '../../src/guide/diagnosis/dnsVerdict.ts';
import { startNetwork, type Network } from './network.ts';
import { cases, txt, value } from './zones.ts';

describe('The DNS doctor against BIND, Knot, NSD and Unbound', () => {
  let network: Network;

  before(async () => {
    network = await startNetwork();
  });
  after(() => network[Symbol.asyncDispose]());

  const look = (name: string) => lookUpDomain({ name, value, servers: network.servers, now: Date.now });

  for (const { domain, kind } of cases) {
    it(`says ${kind} of ${domain}`, async () => {
      const seen = await look(domain);
      assert.equal(dnsVerdict(domain, value, seen).kind, kind, JSON.stringify(seen, undefined, 1));
    });
  }

  it('says noSuchDomain of one that the parent does not know', async () => {
    assert.equal(dnsVerdict('nobody.test', value, await look('nobody.test')).kind, 'noSuchDomain');
  });

  it('knows a signed answer that is valid', async () => {
    const { answers } = await look('signed.test');
    assert.ok(answers.some(({ server, validated }) => server.role === 'public' && validated === true));
  });

  it('waits while a resolver remembers that the record was missing, and made none remember it', async () => {
    assert.equal(dnsVerdict('late.test', value, await look('late.test')).kind, 'missing');
    const inquiry = createInquiry(network.servers, AbortSignal.timeout(5000), new Map());
    const [resolver] = network.servers.resolvers;
    assert.ok(resolver);
    await network.publish('late.test', { serial: 2, servers: ['bind'], lines: [txt('kiro-app-1', value)] });
    assert.equal(dnsVerdict('late.test', value, await look('late.test')).kind, 'public');
    await network.publish('late.test', { serial: 3, servers: ['bind'], lines: [] });
    assert.equal((await askResolver(resolver, 'late.test', inquiry)).outcome, 'nodata');
    await network.publish('late.test', { serial: 4, servers: ['bind'], lines: [txt('@', value)] });
    const verdict = dnsVerdict('late.test', value, await look('late.test'));
    assert.equal(verdict.kind, 'remembered');
    assert.ok(verdict.until !== undefined && verdict.until > Date.now());
  });
});
