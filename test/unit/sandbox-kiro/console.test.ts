import assert from 'node:assert/strict';
import { startDnsServer } from '../../../src/sandbox/dns/server.ts';
import type { DnsServer } from '../../../src/sandbox/dns/server.ts';
import { createKiroApp } from '../../../src/sandbox/kiro/server.ts';
import { createProvisioning } from '../../../src/sandbox/provisioning/service.ts';
import { createScimApp } from '../../../src/sandbox/scim/server.ts';
import type { SandboxState } from '../../../src/sandbox/state.ts';
import { formWith, submit } from './browser.ts';
import { listen, testState } from './fixture.ts';

type Json = Record<string, unknown>;
const applicationId = 'aaaaaaaa-0000-4000-8000-000000000001';
const hour = 3_600_000;

describe('sandbox console of Kiro', () => {
  let state: SandboxState;
  let dns: DnsServer;
  let server: Awaited<ReturnType<typeof listen>>;

  beforeEach(async () => {
    state = testState();
    state.origins.scim = 'http://127.0.0.1:1';
    dns = await startDnsServer(state.dns, { now: () => state.clock.now() });
    server = await listen(createKiroApp(state, createProvisioning(state)));
  });
  afterEach(async () => {
    await server.close();
    await dns.close();
  });

  async function post(action: string, body: Json = {}, headers: Record<string, string> = {}) {
    const response = await fetch(`${server.origin}/${action}`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, json: (await response.json()) as Json };
  }
  const view = async () =>
    (await (await fetch(server.origin, { headers: { accept: 'application/json' } })).json()) as Json;
  const createProfile = () => post('profile', { applicationId, tenantId: state.tenant.id });
  const domains = async () =>
    ((await view())['profile'] as { domains: { name: string; status: string }[] }).domains.map((one) => [
      one.name,
      one.status,
    ]);

  it('makes one profile, from GUIDs only', async () => {
    const wrong = await post('profile', { applicationId: 'kiro', tenantId: state.tenant.id });
    assert.equal(wrong.status, 400);
    assert.match(String(wrong.json['error']), /^Application ID must be a GUID\./);
    assert.equal((await post('domains', { name: 'contoso.com' })).status, 409);
    const made = await createProfile();
    assert.equal(
      (made.json['profile'] as Json)['scimEndpoint'],
      `http://127.0.0.1:1/${state.kiro.scimTenant}/scim/v2`,
    );
    assert.equal((await createProfile()).status, 409);
  });

  it('verifies a domain when the DNS really answers its value, at either name', async () => {
    await createProfile();
    const apex = (await post('domains', { name: 'Contoso.com' })).json['domain'] as Json;
    assert.match(String(apex['verificationValue']), /^kiro-site-verification=[0-9a-f-]{36}$/);
    const prefixed = (await post('domains', { name: 'sub.contoso.com' })).json['domain'] as Json;
    await post('domains', { name: 'corp.local' });
    await post('records', {
      zone: 'contoso.com',
      name: 'kiro-app-1.contoso.com',
      value: apex['verificationValue'],
    });
    await post('check-domains');
    assert.deepEqual(await domains(), [
      ['contoso.com', 'Pending'],
      ['sub.contoso.com', 'Pending'],
      ['corp.local', 'Pending'],
    ]);
    const record = await post('records', {
      zone: 'contoso.com',
      name: '@',
      value: apex['verificationValue'],
    });
    assert.deepEqual((record.json['record'] as Json)['name'], 'contoso.com');
    await post('records', {
      zone: 'contoso.com',
      name: 'kiro-app-1.sub',
      value: prefixed['verificationValue'],
    });
    await state.clock.advance(5 * 60_000);
    assert.deepEqual(await domains(), [
      ['contoso.com', 'Verified'],
      ['sub.contoso.com', 'Verified'],
      ['corp.local', 'Pending'],
    ]);
    await state.clock.advance(24 * hour);
    assert.deepEqual((await domains())[2], ['corp.local', 'Expired']);
    assert.equal((await domains())[0]![1], 'Verified');
    await post('remove-domain', { name: 'corp.local' });
    const again = (await post('domains', { name: 'corp.local' })).json['domain'] as Json;
    assert.equal(again['status'], 'Pending');
  });

  it('refuses what is no domain, another profile’s domain and the eleventh', async () => {
    await createProfile();
    for (const [name, status, sentence] of [
      ['user@contoso.com', 400, /Enter the domain alone: contoso\.com/],
      ['contoso', 400, /not a domain name/],
      ['https://contoso.com/', 400, /not a domain name/],
      ['fabrikam.com', 409, /another Kiro profile/],
    ] as const) {
      const refused = await post('domains', { name });
      assert.equal(refused.status, status, name);
      assert.match(String(refused.json['error']), sentence);
    }
    for (let n = 0; n < 10; n++)
      assert.equal((await post('domains', { name: `d${n}.contoso.com` })).status, 200);
    assert.equal((await post('domains', { name: 'd0.contoso.com' })).status, 409);
    assert.equal((await post('domains', { name: 'eleventh.contoso.com' })).status, 409);
    assert.equal((await domains()).length, 10);
  });

  it('gives out two tokens, each shown once and good until it is revoked', async () => {
    await createProfile();
    const scim = createScimApp(state);
    const token = (await post('tokens')).json['token'] as { id: string; secret: string };
    const ask = async () =>
      (
        await scim.request(`/${state.kiro.scimTenant}/scim/v2/Users`, {
          headers: { authorization: `Bearer ${token.secret}` },
        })
      ).status;
    assert.equal(await ask(), 200);
    assert.doesNotMatch(JSON.stringify(await view()), new RegExp(token.secret));
    await post('tokens');
    const third = await post('tokens');
    assert.equal(third.status, 409);
    assert.match(String(third.json['error']), /at most two/);
    assert.equal(((await view())['profile'] as { tokens: Json[] }).tokens.length, 2);
    await post('revoke-token', { id: token.id });
    assert.equal(await ask(), 401);
    assert.equal((await post('revoke-token', { id: token.id })).status, 404);
  });

  it('gives seats to active members of a subscribed group with the six-hour cycle, and keeps them', async () => {
    await createProfile();
    const profile = state.kiro.profile!;
    for (const [id, active] of [
      ['a', true],
      ['b', false],
    ] as const)
      profile.users.set(id, { id, active, resource: { userName: `${id}@contoso.com` } });
    profile.groups.set('g', {
      id: 'g',
      resource: { displayName: 'Kiro users' },
      members: new Set(['a', 'b']),
    });
    assert.equal((await post('subscriptions', { principalId: 'nothing' })).status, 404);
    const made = await post('subscriptions', { principalId: 'g' });
    assert.equal((made.json['subscription'] as Json)['plan'], 'Kiro Pro');
    const seats = async () =>
      ((await view())['seats'] as Json[]).map((seat) => [seat['userId'], seat['status']]);
    assert.deepEqual(await seats(), []);
    await post('clock', { minutes: 360 });
    assert.deepEqual(await seats(), [['a', 'Pending']]);
    assert.equal((await post('activate-seats')).json['activated'], 1);
    profile.users.get('b')!.active = true;
    profile.users.get('a')!.active = false;
    await post('clock', { minutes: 360 });
    assert.deepEqual(await seats(), [
      ['a', 'Active'],
      ['b', 'Pending'],
    ]);
  });

  it('is used by a person without script: errors keep what was typed, a secret is shown once', async () => {
    const page = async (path: string) => (await fetch(`${server.origin}/${path}`)).text();
    const follow = async (from: string, location: string | null) => {
      const response = await fetch(new URL(location ?? '', from));
      return response.text();
    };
    const home = `${server.origin}/`;
    const refused = await submit(home, formWith(await page(''), 'create-profile'), {
      applicationId: '<b>',
      tenantId: 'x',
    });
    assert.equal(refused.status, 303);
    const shown = await follow(home, refused.location);
    assert.match(shown, /data-testid="notice"/);
    assert.match(shown, /value="&lt;b&gt;"/);
    await submit(home, formWith(shown, 'create-profile'), { applicationId, tenantId: state.tenant.id });
    const identity = `${server.origin}/identity`;
    const made = await submit(identity, formWith(await page('identity'), 'generate-token'));
    const secret = state.kiro.profile!.tokens[0]!.secret;
    assert.ok((await follow(identity, made.location)).includes(secret));
    assert.ok(!(await follow(identity, made.location)).includes(secret));
    const response = await fetch(identity);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    for (const path of ['', 'identity', 'people', 'subscriptions', 'dns'])
      assert.doesNotMatch(await page(path), /<script/);
  });

  it('does nothing for a page of another origin', async () => {
    const refused = await post(
      'profile',
      { applicationId, tenantId: state.tenant.id },
      { origin: 'http://evil.example' },
    );
    assert.equal(refused.status, 403);
    assert.equal(state.kiro.profile, undefined);
    const own = await post(
      'profile',
      { applicationId, tenantId: state.tenant.id },
      { origin: server.origin },
    );
    assert.equal(own.status, 200);
  });
});
