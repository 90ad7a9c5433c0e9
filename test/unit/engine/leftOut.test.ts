import assert from 'node:assert/strict';
import { undoPlan } from '../../../src/engine/undo/undoPlan.ts';
import { findings } from '../../../src/guide/findings.ts';
import { valueOf } from '../../../src/guide/snapshot.ts';
import { leftOutId } from '../../../src/guide/steps/leftOut.ts';
import { format } from '../../../src/guide/text.ts';
import { connectedSession } from './connectedSession.ts';
import { openSessionOn, type SandboxSession } from './sandboxSession.ts';

const only = [leftOutId];

/** Somebody whose job title Kiro refuses comes into the group. */
async function refusedPerson({ session, sandbox }: SandboxSession) {
  const [person] = await session.leaving.find('alan@contoso.com');
  const group = valueOf((await session.observe()).snapshot.groups)?.[0];
  assert.ok(person && group);
  const { graph, accessToken } = sandbox.endpoints;
  const send = async (method: string, path: string, body: object): Promise<void> => {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const answer = await fetch(`${graph}${path}`, { method, headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, await answer.text());
  };
  await send('PATCH', `/users/${person.id}`, { jobTitle: 'Lead <platform>' });
  await send('POST', `/groups/${group.id}/members/$ref`, {
    '@odata.id': `${graph}/directoryObjects/${person.id}`,
  });
  await session.observe();
  return person;
}

const schemaOf = async ({ session }: SandboxSession) => valueOf((await session.observe()).snapshot.schema);
const finding = async ({ session }: SandboxSession) =>
  findings((await session.observe()).snapshot).find(({ id }) => id === leftOutId);

describe('leaving attributes out, on a sandbox tenant', () => {
  let stage: SandboxSession;
  beforeEach(async () => (stage = await connectedSession('healthy')));
  afterEach(() => stage.sandbox.stop());

  it('brings the person whom an attribute kept out, says so in another session, and goes back as it was', async () => {
    const { session } = stage;
    const person = await refusedPerson(stage);
    const { results } = await session.onDemand.push(await session.onDemand.plan({ kind: 'person', person }));
    assert.equal(results[0]?.outcome, 'failed');
    const answer = await session.people.why(person.userPrincipalName, { deeper: true });
    assert.ok('chain' in answer);
    assert.deepEqual(answer.chain.culprit?.action, { kind: 'leaveOutAttributes', person: person.id });

    const was = await schemaOf(stage);
    const plan = session.plan(4, { choices: { leaveOut: person }, only });
    const outcome = await session.apply(plan, {});
    assert.equal(outcome.result, 'done', format(outcome.summary));
    assert.equal(outcome.made.length, 2);
    assert.notDeepEqual(await schemaOf(stage), was);

    const again = { ...stage, ...(await openSessionOn(stage.sandbox, { ports: stage.ports })) };
    const told = await finding(again);
    assert.equal(told?.status, 'unmet');
    assert.ok(format(told.evidence).startsWith(person.displayName));
    const back = await again.session.apply(again.session.plan(4, { choices: {}, only }), {});
    assert.equal(back.result, 'done', format(back.summary));
    assert.deepEqual(await schemaOf(again), was);
    assert.equal(await finding(again), undefined);
  });

  it('tells that the error is elsewhere where the person is refused all the same, and is taken back by undo', async () => {
    const { session, sandbox } = stage;
    const person = await refusedPerson(stage);
    const was = await schemaOf(stage);
    await fetch(`${sandbox.endpoints.control}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ server: 'scim', path: '/Users', method: 'POST', times: 0, status: 400 }),
    });
    const outcome = await session.apply(session.plan(4, { choices: { leaveOut: person }, only }), {});
    assert.equal(outcome.result, 'failed');
    const told = await finding(stage);
    assert.equal(told?.status, 'unmet');

    const [last] = await session.undoable();
    assert.ok(last);
    const undone = await session.undo(undoPlan([last]), {});
    assert.equal(undone.result, 'done', format(undone.summary));
    assert.deepEqual(await schemaOf(stage), was);
    assert.equal(await finding(stage), undefined);
  });
});
