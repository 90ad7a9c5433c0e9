import assert from 'node:assert/strict';
import { createPerson } from '../../../scripts/rehearse/person.ts';
import { known, valueOf } from '../../../src/guide/snapshot.ts';
import { evidenceMarkdown } from '../../../src/ui/evidence/evidence.ts';
import { withoutNames } from '../../../src/ui/evidence/withoutNames.ts';
import { openSandboxSession, type SandboxSession } from '../engine/sandboxSession.ts';

const value = 'kiro-site-verification=0b0e7f2c-5a35-4b6d-9d58-0242ac120002';

/** A healthy tenant with its token entered, looked at, and with something in its journal. */
async function open(): Promise<SandboxSession & { readonly token: string }> {
  const opened = await openSandboxSession('--preset', 'direct-assignment');
  const { session, sandbox } = opened;
  const [candidate] = await session.candidates();
  assert.ok(candidate);
  await session.adopt(candidate);
  const { secret, endpoint } = await createPerson(sandbox.endpoints).makeToken();
  await session.keep((kept) => ({
    ...kept,
    domains: [{ name: 'contoso.com', verificationValue: value, addedAt: session.now() }],
    scim: { endpoint, tokenStored: true },
  }));
  await session.keepScimToken(secret, undefined);
  await session.observe();
  await session.apply(session.plan(4, { choices: {} }), {});
  await session.observe();
  return { ...opened, token: secret };
}

async function bundle({ session }: SandboxSession, names: boolean, more = ''): Promise<string> {
  const observation = session.current;
  assert.ok(observation);
  const document = evidenceMarkdown({
    at: session.now(),
    versions: { 'Kiro Connect': '1.2.3', 'VS Code': `1.99 ${more}` },
    connection: session.connection,
    observation,
    events: known(await session.provisioningEvents(), session.now()),
    journal: await session.journal(),
    names,
  });
  return session.withoutSecrets(document);
}

describe('the evidence for support, of a sandbox tenant', () => {
  let stage: SandboxSession & { readonly token: string };
  before(async () => (stage = await open()));
  after(() => stage.sandbox.stop());

  it('has versions, ids, findings, the job, events, DNS and changes', async () => {
    const document = await bundle(stage, true);
    const snapshot = stage.session.current?.snapshot;
    const job = snapshot && valueOf(snapshot.job);
    const [event] = await stage.session.provisioningEvents();
    assert.ok(job && event);
    for (const word of [
      '1.2.3',
      stage.session.connection.tenantId,
      job.id,
      job.status.code,
      event.id,
      'people.directAssignments',
      value,
      'authoritative',
      '/synchronization/secrets',
      'request-id',
      'externalId',
    ])
      assert.ok(document.includes(word), word);
  });

  it('names nobody unless asked, and keeps the object ids', async () => {
    const { session } = stage;
    const snapshot = session.current?.snapshot;
    assert.ok(snapshot);
    const members = (valueOf(snapshot.groups) ?? []).flatMap((group) => group.members);
    const named = await bundle(stage, true);
    const without = await bundle(stage, false);
    const people = members.filter(({ type }) => type === 'user');
    assert.ok(people.length > 3);
    assert.ok(people.some(({ userPrincipalName = '-' }) => named.includes(userPrincipalName)));
    for (const { id, displayName, userPrincipalName = '-' } of people) {
      assert.ok(without.includes(id), id);
      assert.ok(!without.includes(displayName), displayName);
      assert.ok(!without.includes(userPrincipalName), userPrincipalName);
    }
    assert.ok(named.includes(session.connection.account));
    assert.ok(!/[\w.]+@contoso\.com/.test(without));
  });

  it('names nobody of a former application either', () => {
    const snapshot = stage.session.current?.snapshot;
    const principal = snapshot && valueOf(snapshot.servicePrincipal);
    assert.ok(snapshot && principal);
    const assignment = {
      id: 'a',
      appRoleId: 'r',
      principalId: '11111111-1111-4111-8111-111111111111',
      principalDisplayName: 'Wilhelmina Featherstone',
      principalType: 'User',
    };
    const former = known({ principal, assignments: [assignment] }, snapshot.at);
    const written = withoutNames({ ...snapshot, former }, [], [])('Assigned: Wilhelmina Featherstone.');
    assert.ok(!written.includes('Featherstone'), written);
  });

  it('holds no secret, not even one that got in by a service’s words', async () => {
    const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl';
    const document = await bundle(stage, true, `${stage.token} Bearer canary-0123456789 ${jwt}`);
    for (const secret of [stage.token, stage.sandbox.endpoints.accessToken, jwt, 'canary-0123456789'])
      assert.ok(!document.includes(secret));
    assert.ok(document.includes('1.99'));
  });
});
