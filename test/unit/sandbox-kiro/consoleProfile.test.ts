import assert from 'node:assert/strict';
import { startDnsServer } from '../../../src/sandbox/dns/server.ts';
import type { DnsServer } from '../../../src/sandbox/dns/server.ts';
import { createKiroApp } from '../../../src/sandbox/kiro/server.ts';
import { createScimApp } from '../../../src/sandbox/scim/server.ts';
import { createProvisioning } from '../../../src/sandbox/provisioning/service.ts';
import type { SandboxState } from '../../../src/sandbox/state.ts';
import { askUdp, textsOf, TYPE } from './dnsClient.ts';
import { listen, testState } from './fixture.ts';

type Json = Record<string, unknown>;
const applicationId = 'aaaaaaaa-0000-4000-8000-000000000001';
const minute = 60_000;

describe('sandbox console of Kiro over a profile’s life', () => {
  let state: SandboxState;
  let dns: DnsServer;
  let server: Awaited<ReturnType<typeof listen>>;

  beforeEach(async () => {
    state = testState();
    state.origins.scim = 'http://127.0.0.1:1';
    dns = await startDnsServer(state.dns, { now: () => state.clock.now(), patience: 200 });
    server = await listen(createKiroApp(state, createProvisioning(state)));
    await createProfile();
  });
  afterEach(async () => {
    await server.close();
    await dns.close();
  });

  async function post(action: string, body: Json = {}): Promise<{ status: number; json: Json }> {
    const response = await fetch(`${server.origin}/${action}`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, json: (await response.json()) as Json };
  }
  const createProfile = () => post('profile', { applicationId, tenantId: state.tenant.id });
  const view = async () =>
    (await (await fetch(server.origin, { headers: { accept: 'application/json' } })).json()) as Json;
  const statusOf = async (name: string) => {
    const { domains } = (await post('check-domains')).json as { domains: { name: string; status: string }[] };
    return domains.find((one) => one.name === name)?.status;
  };
  const addDomain = async (name: string) =>
    String(((await post('domains', { name })).json['domain'] as Json)['verificationValue']);
  const person = (id: string) =>
    state.kiro.profile!.users.set(id, { id, active: true, resource: { userName: `${id}@contoso.com` } });

  it('forgets everything with the profile; the next one has another endpoint and no old token works', async () => {
    const scim = createScimApp(state);
    const token = (await post('tokens')).json['token'] as { secret: string };
    person('ada');
    const old = state.kiro.scimTenant;
    const ask = async (tenant: string, secret: string, path = 'Users') =>
      (await scim.request(`/${tenant}/scim/v2/${path}`, { headers: { authorization: `Bearer ${secret}` } }))
        .status;
    assert.equal(await ask(old, token.secret, 'Users/ada'), 200);
    assert.equal((await post('delete-profile')).status, 200);
    assert.equal((await post('delete-profile')).status, 409);
    assert.equal(await ask(old, token.secret), 401);
    const made = (await createProfile()).json['profile'] as Json;
    assert.notEqual(state.kiro.scimTenant, old);
    assert.ok(String(made['scimEndpoint']).includes(state.kiro.scimTenant));
    assert.deepEqual([made['domains'], made['tokens']], [[], []]);
    assert.deepEqual((await view())['seats'], []);
    const fresh = ((await post('tokens')).json['token'] as { secret: string }).secret;
    assert.equal(await ask(state.kiro.scimTenant, token.secret), 401);
    assert.equal(await ask(old, fresh), 401);
    assert.equal(await ask(state.kiro.scimTenant, fresh, 'Users/ada'), 404);
  });

  it('looks through a public resolver: an early look keeps a fresh record from being seen', async () => {
    const value = await addDomain('contoso.com');
    assert.equal(await statusOf('contoso.com'), 'Pending');
    await post('records', { zone: 'contoso.com', name: 'kiro-app-1', value });
    const own = await askUdp({ host: '127.0.0.1', port: dns.port }, 'kiro-app-1.contoso.com', TYPE.TXT);
    assert.deepEqual(textsOf(own), [value]);
    await state.clock.advance(4 * minute);
    assert.equal(await statusOf('contoso.com'), 'Pending');
    await state.clock.advance(minute);
    assert.equal(await statusOf('contoso.com'), 'Verified');
  });

  it('looks at nothing but the very name entered, where it is told so', async () => {
    state.kiro.verification = 'exact';
    const value = await addDomain('contoso.com');
    await post('records', { zone: 'contoso.com', name: 'kiro-app-1', value });
    assert.equal(await statusOf('contoso.com'), 'Pending');
    const prefixed = await addDomain('kiro-app-1.contoso.com');
    await post('records', { zone: 'contoso.com', name: 'kiro-app-1', value: prefixed });
    await state.clock.advance(6 * minute);
    assert.equal(await statusOf('kiro-app-1.contoso.com'), 'Verified');
    assert.equal(await statusOf('contoso.com'), 'Pending');
  });

  it('follows an alias to the record, and refuses what can’t stand beside it', async () => {
    const value = await addDomain('contoso.com');
    const record = (name: string, type: string, content: string) =>
      post('records', { zone: 'contoso.com', name, type, value: content });
    assert.equal((await record('kiro-app-1', 'CNAME', 'verify.contoso.com')).status, 200);
    assert.equal((await record('kiro-app-1', 'TXT', value)).status, 409);
    assert.equal((await record('@', 'CNAME', 'verify.contoso.com')).status, 409);
    assert.equal((await record('verify', 'TXT', value)).status, 200);
    assert.equal((await record('verify', 'CNAME', 'other.contoso.com')).status, 409);
    assert.equal(await statusOf('contoso.com'), 'Verified');
    const removed = { name: 'kiro-app-1.contoso.com', value: 'verify.contoso.com' };
    assert.equal((await post('remove-record', removed)).status, 200);
    assert.equal((await post('remove-record', removed)).status, 404);
  });

  it('makes a zone odd from the provider’s page, and verifies once it is right again', async () => {
    const value = await addDomain('contoso.com');
    const odd = (oddity: string) => post('odd-zone', { zone: 'contoso.com', oddity });
    assert.equal((await odd('nonsense')).status, 400);
    assert.equal((await odd('wrong-zone')).status, 200);
    assert.ok(((await view())['records'] as Json[]).some((one) => one['value'] === value));
    assert.equal(await statusOf('contoso.com'), 'Pending');
    await odd('healthy');
    // The parking provider lets its "no such name" be kept for an hour.
    await state.clock.advance(60 * minute);
    assert.equal(await statusOf('contoso.com'), 'Verified');
  });

  it('gives a person one seat, by the highest plan, and says whether it is an individual one', async () => {
    for (const id of ['ada', 'bob', 'cy']) person(id);
    const profile = state.kiro.profile!;
    profile.groups.set('g', {
      id: 'g',
      resource: { displayName: 'Kiro users' },
      members: new Set(['ada', 'bob']),
    });
    await post('subscriptions', { principalId: 'g', plan: 'Kiro Pro+' });
    const alone = (userName: string, plan: string) =>
      post('subscriptions', { principalType: 'User', userName, plan });
    assert.equal((await alone('nobody@contoso.com', 'Kiro Pro')).status, 404);
    await alone('BOB@contoso.com', 'Kiro Pro');
    await alone('cy@contoso.com', 'Kiro Power');
    await post('clock', { minutes: 360 });
    const seats = async () =>
      ((await view())['seats'] as Json[]).map((one) => [
        one['userId'],
        one['plan'],
        one['source'],
        one['status'],
      ]);
    assert.deepEqual(await seats(), [
      ['ada', 'Kiro Pro+', 'Group', 'Pending'],
      ['bob', 'Kiro Pro+', 'Individual', 'Pending'],
      ['cy', 'Kiro Power', 'Individual', 'Pending'],
    ]);
    await post('activate-seats', { userId: 'ada' });
    profile.users.get('ada')!.active = false;
    await post('clock', { minutes: 360 });
    assert.deepEqual((await seats())[0], ['ada', 'Kiro Pro+', 'Group', 'Active'], 'still billed');
    await post('remove-seat', { userId: 'ada' });
    await post('clock', { minutes: 360 });
    assert.deepEqual(
      (await seats()).map(([id]) => id),
      ['bob', 'cy'],
    );
  });

  it('shows a hundred people at a time and finds one by name', async () => {
    for (let n = 0; n < 250; n++) person(`p${n}`);
    const rows = async (path: string) =>
      [
        ...(await (await fetch(`${server.origin}/${path}`)).text()).matchAll(/data-testid="user-([^"@]*)/g),
      ].map(([, name]) => name);
    assert.equal((await rows('people')).length, 100);
    assert.equal((await rows('people?page=3')).length, 50);
    assert.deepEqual(await rows('people?search=P249'), ['p249']);
  });
});
