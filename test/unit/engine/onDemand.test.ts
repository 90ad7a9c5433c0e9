import assert from 'node:assert/strict';
import { callLimit } from '../../../src/engine/callLimit.ts';
import { openRun } from '../../../src/engine/pushedInRun.ts';
import type { JournalEntry } from '../../../src/engine/session.ts';
import type { OnDemandTarget } from '../../../src/guide/onDemandTarget.ts';
import { valueOf, type AssignedGroup } from '../../../src/guide/snapshot.ts';
import { assignedGroups } from '../../../src/guide/steps/arrivals.ts';
import { connectedSession } from './connectedSession.ts';
import type { SandboxSession } from './sandboxSession.ts';

interface Stage extends SandboxSession {
  readonly scim: Scim;
  readonly target: OnDemandTarget & { readonly kind: 'group'; readonly group: AssignedGroup };
  /** Object ids of twelve people in the assigned group whom Kiro does not have any more. */
  readonly fresh: readonly string[];
}

/** A tenant with twenty people in one group, of whom Kiro has lost twelve. */
async function open(): Promise<Stage> {
  const opened = await connectedSession('synced:20');
  const { session, sandbox, secret } = opened;
  const { snapshot } = await session.observe();
  const group = assignedGroups(snapshot).find(({ displayName }) => displayName === 'Staff');
  assert.ok(group);
  const fresh = group.members.slice(0, 12).map(({ id }) => id);
  const scim = scimOf(sandbox, secret);
  for (const id of fresh) await scim('DELETE', `/Users/${await recordOf(scim, id)}`);
  await session.observe();
  return { ...opened, scim, fresh, target: { kind: 'group', group } };
}

type Scim = (method: string, path: string, body?: object) => Promise<unknown>;

function scimOf({ endpoints }: SandboxSession['sandbox'], token: string): Scim {
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
    const request = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${endpoints.scim}${path}`, request);
    assert.ok(response.ok, `${method} ${path}: ${response.status}`);
    return response.status === 204 ? undefined : response.json();
  };
}

async function recordOf(scim: Scim, id: string): Promise<string> {
  const found = await scim('GET', `/Users?filter=${encodeURIComponent(`externalId eq "${id}"`)}`);
  return (found as { Resources: { id: string }[] }).Resources[0]?.id ?? '';
}

async function fault({ sandbox }: SandboxSession, body: object): Promise<void> {
  const { control } = sandbox.endpoints;
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${control}/faults`, { method: 'POST', headers, body: JSON.stringify(body) });
  assert.ok(response.ok, await response.text());
}

async function inKiro({ session }: SandboxSession): Promise<readonly string[]> {
  const directory = valueOf((await session.observe()).snapshot.scim);
  return (directory?.users ?? []).map(({ externalId }) => externalId ?? '');
}

/** The members that each call of a group named. */
async function callsOf({ session }: SandboxSession): Promise<readonly (readonly string[])[]> {
  const entries = (await session.journal()).filter(({ phase, run }) => phase !== 'intended' && run);
  return entries.map(({ pushed }) => (pushed ?? []).map(({ objectId }) => objectId));
}

describe('provisioning on demand, on a sandbox tenant', () => {
  let stage: Stage;
  beforeEach(async () => (stage = await open()));
  afterEach(() => stage.sandbox.stop());

  it('brings a whole group, five members to a call, and says of each what became of them', async () => {
    const { session, target, fresh } = stage;
    const plan = await session.onDemand.plan(target);
    const steps: number[] = [];
    const report = await session.onDemand.push(plan, { onProgress: ({ done }) => steps.push(done) });
    assert.equal(report.ended, 'all');
    assert.equal(report.left, 0);
    const there = await inKiro(stage);
    assert.deepEqual(
      fresh.filter((id) => !there.includes(id)),
      [],
    );
    const calls = await callsOf(stage);
    assert.ok(calls.length > 2 && calls.every(({ length }) => length <= 5));
    assert.equal(steps.length, calls.length);
    assert.equal(new Set(report.results.map(({ person }) => person.id)).size, report.results.length);
    const pushed = report.results
      .filter(({ outcome }) => outcome === 'pushed')
      .map(({ person }) => person.id);
    assert.ok(fresh.every((id) => pushed.includes(id)));
    const nested = report.results.filter(({ outcome }) => outcome === 'skipped');
    assert.ok(nested.every(({ said }) => said.message !== ''));
  });

  it('goes on after a break with those who are left, and pushes nobody twice', async () => {
    const { session, target } = stage;
    const first = await session.onDemand.plan(target);
    const abort = new AbortController();
    const report = await session.onDemand.push(first, {
      signal: abort.signal,
      onProgress: ({ done }) => (done >= 5 ? abort.abort() : undefined),
    });
    assert.equal(report.ended, 'cancelled');
    // The call that was under way when it was cancelled ended.
    const before = first.people.length - report.left;
    assert.ok(before >= 5 && before < first.people.length);
    const rest = await session.onDemand.plan(target);
    assert.equal(rest.before, before);
    assert.equal(rest.people.length, report.left);
    const done = await session.onDemand.push(rest);
    assert.deepEqual([done.ended, done.left], ['all', 0]);
    const named = (await callsOf(stage)).flat();
    assert.equal(new Set(named).size, named.length);
    assert.equal(named.length, first.people.length);
    const again = await session.onDemand.plan(target);
    assert.equal(again.people.length, first.people.length);
  });

  it('tries a first failure once more before it says anything', async () => {
    const { session, target } = stage;
    await fault(stage, { server: 'scim', method: 'POST', path: '/Users', status: 500 });
    const report = await session.onDemand.push(await session.onDemand.plan(target));
    assert.deepEqual(
      report.results.filter(({ outcome }) => outcome === 'failed'),
      [],
    );
    assert.equal(report.ended, 'all');
    await fault(stage, { server: 'graph', method: 'POST', path: '/provisionOnDemand', status: 500 });
    const [member] = target.group.members;
    assert.ok(member);
    const again = await session.onDemand.push(
      await session.onDemand.plan({ kind: 'person', person: member }),
    );
    assert.equal(again.ended, 'all');
  });

  it('names the one who fails, with the cause, and brings the others', async () => {
    const { session, target, scim, fresh } = stage;
    const third = target.group.members.find(({ id }) => id === fresh[2]);
    await scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: third?.userPrincipalName,
      externalId: 'nickname',
      displayName: 'Third',
      active: true,
    });
    const report = await session.onDemand.push(await session.onDemand.plan(target));
    const failed = report.results.filter(({ outcome }) => outcome === 'failed');
    assert.deepEqual(
      failed.map(({ person }) => person.id),
      [fresh[2]],
    );
    assert.match(failed[0]?.said.message ?? '', /external ID/);
    const there = await inKiro(stage);
    assert.equal(fresh.filter((id) => there.includes(id)).length, 11);
    const rest = await session.onDemand.plan(target);
    assert.deepEqual(
      rest.people.map(({ id }) => id),
      [fresh[2]],
    );
  });

  it('stops where everybody would fail, and says why', async () => {
    const { session, target } = stage;
    await fault(stage, { server: 'scim', path: '/scim', times: 0, status: 401 });
    const plan = await session.onDemand.plan(target);
    const report = await session.onDemand.push(plan);
    assert.equal(report.ended, 'stopped');
    assert.equal(report.left, plan.people.length);
    assert.ok(report.why);
  });

  it('brings one person with their membership, and says that another is not assigned', async () => {
    const { session, fresh, scim } = stage;
    const [id = ''] = fresh;
    const one: OnDemandTarget = { kind: 'person', person: { id, displayName: 'Fresh' } };
    const report = await session.onDemand.push(await session.onDemand.plan(one));
    assert.equal(report.results[0]?.outcome, 'pushed');
    const filter = encodeURIComponent(`members eq "${await recordOf(scim, id)}"`);
    const groups = (await scim('GET', `/Groups?filter=${filter}`)) as { Resources: unknown[] };
    assert.equal(groups.Resources.length, 1);
    const alan = (await session.people.why('alan@contoso.com')) as { chain: { account: { id: string } } };
    const stranger: OnDemandTarget = {
      kind: 'person',
      person: { id: alan.chain.account.id, displayName: 'Alan' },
    };
    const none = await session.onDemand.push(await session.onDemand.plan(stranger));
    assert.deepEqual(
      none.results.map(({ outcome, code }) => [outcome, code]),
      [['skipped', 'NotEffectivelyEntitled']],
    );
  });
});

describe('the limit of calls', () => {
  it('lets five begin in ten seconds', async () => {
    let now = 0;
    const clock = { now: () => now, sleep: async (ms: number) => void (now += ms) };
    const limit = callLimit(clock, { calls: 5, within: 10_000 });
    const begun: number[] = [];
    for (let call = 0; call < 17; call += 1) {
      await limit();
      begun.push(now);
      now += 100;
    }
    for (const [index, at] of begun.entries()) {
      if (index >= 5) assert.ok(at - (begun[index - 5] ?? 0) >= 10_000);
    }
    assert.ok((begun.at(-1) ?? 0) < 31_000);
  });
});

describe('a run of provisioning on demand that broke off', () => {
  const entry = (at: number, group: string, id: string, ok: boolean, ...people: string[]): JournalEntry => ({
    id: String(at),
    at,
    account: '',
    phase: 'done',
    changes: [],
    titles: [],
    method: 'POST',
    path: '',
    run: { id, group },
    pushed: people.map((objectId) => ({ objectId, ok })),
  });

  it('is the last of its group, and knows whom it pushed', () => {
    const entries = [
      entry(1, 'one', 'old', true, 'a'),
      entry(2, 'one', 'new', true, 'b', 'c'),
      entry(3, 'one', 'new', false, 'd'),
      entry(4, 'two', 'other', true, 'e'),
    ];
    assert.deepEqual([...(openRun(entries, 'one', 5)?.pushed ?? [])], ['b', 'c']);
    assert.equal(openRun(entries, 'three', 5), undefined);
  });

  it('is over after a day', () => {
    assert.equal(openRun([entry(1, 'one', 'old', true, 'a')], 'one', 25 * 60 * 60_000), undefined);
  });
});
