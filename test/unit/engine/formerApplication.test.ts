import assert from 'node:assert/strict';
import { walkFiveSteps } from '../../../scripts/rehearse/fiveSteps.ts';
import { createPerson } from '../../../scripts/rehearse/person.ts';
import { undoPlan } from '../../../src/engine/undo/undoPlan.ts';
import { findings } from '../../../src/guide/findings.ts';
import { hasAccess } from '../../../src/guide/leaving/leavingPaths.ts';
import { valueOf } from '../../../src/guide/snapshot.ts';
import { format } from '../../../src/guide/text.ts';
import { instantClock } from './instantClock.ts';
import { openSandboxSession, openSessionOn, type SandboxSession } from './sandboxSession.ts';

const defaultAccess = '00000000-0000-0000-0000-000000000000';
const id = 'people.formerApplication';

/** An application made under App registrations that a group and a person are assigned to. */
async function open(): Promise<SandboxSession & { readonly alan: string }> {
  const opened = await openSandboxSession('--preset', 'app-registration', { clock: instantClock() });
  const { session, sandbox } = opened;
  const [candidate] = await session.candidates();
  assert.ok(candidate);
  await session.adopt(candidate);
  const [group] = await session.searchGroups('Kiro users');
  const [person] = await session.leaving.find('alan@contoso.com');
  assert.ok(group && person);
  const { graph, accessToken } = sandbox.endpoints;
  const resourceId = candidate.servicePrincipalId;
  for (const principalId of [group.id, person.id]) {
    const made = await fetch(`${graph}/servicePrincipals/${resourceId}/appRoleAssignedTo`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ principalId, resourceId, appRoleId: defaultAccess }),
    });
    assert.equal(made.status, 201);
  }
  await session.observe();
  return { ...opened, alan: person.id };
}

describe('a right application in place of one made under App registrations, on a sandbox tenant', () => {
  let stage: Awaited<ReturnType<typeof open>>;
  beforeEach(async () => (stage = await open()));
  afterEach(() => stage.sandbox.stop());

  it('is made beside it, which stays as it is, and taken back with a return to it', async () => {
    const { session } = stage;
    const old = session.kept.application;
    const before = (await session.observe()).snapshot.application;
    const made = await session.apply(session.plan(1, { choices: { displayName: 'Kiro-Entra-2' } }), {});
    assert.equal(made.result, 'done', format(made.summary));
    assert.equal(valueOf((await session.observe()).snapshot.application)?.displayName, 'Kiro-Entra-2');
    assert.deepEqual(session.kept.formerApplication, old);

    // Another session of the same connection knows it too.
    const again = await openSessionOn(stage.sandbox, { ports: stage.ports });
    const { snapshot } = await again.session.observe();
    assert.equal(findings(snapshot).find((one) => one.id === id)?.status, 'unmet');

    const back = await session.undo(undoPlan(await session.undoable()), {});
    assert.equal(back.result, 'done', format(back.summary));
    assert.deepEqual([session.kept.application, session.kept.formerApplication], [old, undefined]);
    assert.deepEqual(valueOf((await session.observe()).snapshot.application), valueOf(before));
  });

  it('takes people over when they are in Kiro by it, and gives them back to the former one', async () => {
    const { session, alan } = stage;
    const person = createPerson(stage.sandbox.endpoints);
    await walkFiveSteps({ session, person, say: () => undefined });
    const { snapshot } = await session.observe();
    assert.deepEqual(
      findings(snapshot)
        .filter(({ status }) => status !== 'met')
        .map((one) => one.id),
      [],
    );
    assert.deepEqual(snapshot.former && valueOf(snapshot.former)?.assignments, []);
    assert.ok(hasAccess(snapshot, alan));

    const undoable = await session.undoable();
    const removed = undoable.filter(({ apply }) => apply === undoable[0]?.apply);
    assert.equal(removed.length, 2);
    const back = await session.undo(undoPlan(removed), {});
    assert.equal(back.result, 'done', format(back.summary));
    const { former } = (await session.observe()).snapshot;
    assert.equal(former && valueOf(former)?.assignments.length, 2);
  });
});
