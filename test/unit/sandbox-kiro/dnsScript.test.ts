import assert from 'node:assert/strict';
import { Hono } from 'hono';
import * as v from 'valibot';
import { addDnsRoutes } from '../../../src/sandbox/control/dns.ts';
import { startDnsServer } from '../../../src/sandbox/dns/server.ts';
import type { DnsServer } from '../../../src/sandbox/dns/server.ts';
import { dnsSchema, kiroSchema } from '../../../src/sandbox/saved/kiroSchema.ts';
import type { SandboxState } from '../../../src/sandbox/state.ts';
import { askUdp, RCODE, textsOf, TYPE } from './dnsClient.ts';
import { testState, withProfile } from './fixture.ts';

/** As a saved state is written: a Map as its entries, a Set as its values. */
function saved(value: unknown): unknown {
  const text = JSON.stringify(value, (_name, part: unknown): unknown =>
    part instanceof Map || part instanceof Set ? [...(part as Iterable<unknown>)] : part,
  );
  return JSON.parse(text) as unknown;
}

describe('sandbox DNS by script', () => {
  let state: SandboxState;
  let server: DnsServer;
  let app: Hono;
  const name = 'kiro-app-1.contoso.com';

  beforeEach(async () => {
    state = testState();
    server = await startDnsServer(state.dns, { now: () => state.clock.now(), patience: 150 });
    app = new Hono();
    app.onError((error, c) => c.text(error.message, error instanceof v.ValiError ? 400 : 500));
    addDnsRoutes(app, state, server);
  });
  afterEach(() => server.close());

  const send = async (path: string, body: unknown) => {
    const response = await app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.status;
  };
  const step = (body: Record<string, unknown>) => send('/dns', body);
  const txt = (last: number, asked = name) =>
    askUdp(server.addresses[`127.0.53.${last}`]!, asked, TYPE.TXT, { patience: 100 });
  const resolved = (asked = name) => askUdp(server.resolver, asked, TYPE.TXT, { rd: true });

  it('adds zones and records, and changes how long they may be kept', async () => {
    assert.equal(await step({ do: 'txt', name: 'a.fabrikam.net', strings: ['x'] }), 404);
    await step({ do: 'addZone', zone: 'fabrikam.net' });
    assert.equal(
      await step({ do: 'zone', zone: 'fabrikam.net', ttl: 7200, negativeTtl: 60, serial: 2_026_112_401 }),
      200,
    );
    await step({ do: 'txt', name: 'a.fabrikam.net', strings: ['one', 'two'] });
    const answer = await resolved('a.fabrikam.net');
    assert.deepEqual([textsOf(answer), answer?.answers[0]?.ttl], [['onetwo'], 7200]);
    const soa = await askUdp(server.addresses['127.0.53.2']!, 'fabrikam.net', TYPE.SOA);
    assert.equal(soa?.answers[0]?.serial, 2_026_112_402);
    await step({ do: 'remove', name: 'a.fabrikam.net' });
    await step({ do: 'emptyCache' });
    assert.equal((await resolved('a.fabrikam.net'))?.authorities[0]?.ttl, 60);
  });

  it('lets each name server of a zone behave for itself', async () => {
    await step({ do: 'txt', name, strings: ['first'] });
    await step({ do: 'server', host: 'ns2.contoso.com', holds: true, answers: 'notAuthoritative' });
    await step({ do: 'txt', name, strings: ['second'] });
    assert.equal((await txt(1))?.answers.length, 2);
    const behind = await txt(2);
    assert.deepEqual([behind?.answers.length, behind?.header.aa], [1, 0]);
    await step({ do: 'server', host: 'ns2.contoso.com', holds: false, answers: 'silent' });
    assert.equal(await txt(2), undefined);
    await step({ do: 'server', host: 'ns2.contoso.com', answers: 'normal' });
    assert.equal((await txt(2))?.answers.length, 2);
    await step({ do: 'record', name: 'child.contoso.com', type: 'NS', value: 'ns1.parked.example' });
    assert.deepEqual(textsOf(await resolved('child.contoso.com')), ['v=spf1 -all']);
    await step({ do: 'internal', name: 'intranet.contoso.com', strings: ['inside'] });
    const inside = await askUdp(server.internal, 'intranet.contoso.com', TYPE.TXT, { rd: true });
    assert.deepEqual(textsOf(inside), ['inside']);
  });

  it('makes odd zones with the value that Kiro gave out, tells how things stand, and refuses what it can’t read', async () => {
    withProfile(state);
    const verificationValue = 'kiro-site-verification=11111111-2222-4333-8444-555555555555';
    state.kiro.profile!.domains.push({
      name: 'contoso.com',
      verificationValue,
      addedAt: state.clock.now(),
      status: 'Pending',
    });
    await step({ do: 'preset', preset: 'servfail', zone: 'contoso.com' });
    assert.equal((await txt(1))?.header.rcode, RCODE.SERVFAIL);
    await step({ do: 'preset', preset: 'healthy', zone: 'contoso.com', name: 'contoso.com' });
    assert.deepEqual(textsOf(await resolved('contoso.com')), [verificationValue]);
    const view = (await (await app.request('/dns')).json()) as { cache: { name: string; seconds: number }[] };
    assert.deepEqual(
      view.cache.map((one) => [one.name, one.seconds]),
      [['contoso.com', 300]],
    );
    for (const wrong of [
      { do: 'preset', preset: 'nonsense', zone: 'contoso.com' },
      { do: 'server', host: 'ns9.contoso.com' },
      { do: 'server', host: 'ns1.contoso.com', unknown: 1 },
      {},
    ])
      assert.equal(await step(wrong), 400, JSON.stringify(wrong));
    assert.equal(await send('/kiro', { verification: 'exact', takenDomains: ['Taken.example'] }), 200);
    assert.equal(state.kiro.verification, 'exact');
    assert.ok(state.kiro.takenDomains.has('taken.example'));
  });

  it('is kept with the tenant', async () => {
    withProfile(state);
    state.kiro.verification = 'exact';
    state.kiro.profile!.seats.set('a', {
      userId: 'a',
      since: 1,
      status: 'Active',
      plan: 'Kiro Pro',
      source: 'Group',
    });
    await step({ do: 'preset', preset: 'disagreeing', zone: 'contoso.com' });
    await step({ do: 'record', name: 'www.contoso.com', type: 'CNAME', value: 'pages.contoso.com' });
    const { zones, txt: texts, extras } = state.dns;
    const dns = v.parse(dnsSchema, saved({ zones, txt: texts, extras }));
    assert.deepEqual(dns, { zones, txt: texts, extras });
    assert.deepEqual(v.parse(kiroSchema, saved(state.kiro)), state.kiro);
  });
});
