import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { walkFiveSteps } from '../../../scripts/rehearse/fiveSteps.ts';
import { createPerson } from '../../../scripts/rehearse/person.ts';
import type { JournalEntry } from '../../../src/engine/session.ts';
import { readUndoable } from '../../../src/engine/undo/readUndoable.ts';
import { undoPlan } from '../../../src/engine/undo/undoPlan.ts';
import { valueOf } from '../../../src/guide/snapshot.ts';
import { format } from '../../../src/guide/text.ts';
import { openSandboxSession, type SandboxSession } from './sandboxSession.ts';

interface State {
  readonly tenant: {
    readonly applications: object;
    readonly grants: object;
    readonly appRoleAssignments: object;
  };
}

describe('taking back what was changed', () => {
  let opened: SandboxSession | undefined;
  afterEach(() => opened?.sandbox.stop());

  async function stateOf({ sandbox }: SandboxSession): Promise<State> {
    return (await (await fetch(`${sandbox.endpoints.control}/state`)).json()) as State;
  }

  it('the last apply: the application is as it was before', async () => {
    const on = (opened = await openSandboxSession('--preset', 'half-made'));
    const { session } = on;
    const [candidate] = await session.candidates();
    assert.ok(candidate);
    await session.adopt(candidate);
    const before = await session.observe();
    const was = {
      application: valueOf(before.snapshot.application),
      grants: (await stateOf(on)).tenant.grants,
    };
    const applied = await session.apply(session.plan(2, { choices: {} }), {});
    assert.equal(applied.result, 'done', format(applied.summary));
    assert.notDeepEqual(valueOf((await session.observe()).snapshot.application), was.application);

    const [last] = await session.undoable();
    const ofLastApply = (await session.undoable()).filter(({ apply }) => apply === last?.apply);
    const outcome = await session.undo(undoPlan(ofLastApply), {});

    assert.equal(outcome.result, 'done', format(outcome.summary));
    assert.deepEqual(valueOf((await session.observe()).snapshot.application), was.application);
    assert.deepEqual((await stateOf(on)).tenant.grants, was.grants);
    assert.deepEqual(await session.undoable(), []);
  });

  it('everything: what the five steps made is gone, and nothing else', async () => {
    const on = (opened = await openSandboxSession());
    const { session } = on;
    const blank = (await stateOf(on)).tenant;
    await session.observe();
    await walkFiveSteps({ session, person: createPerson(on.sandbox.endpoints), say: () => undefined });

    const outcome = await session.undo(undoPlan(await session.undoable()), {});

    assert.equal(outcome.result, 'done', format(outcome.summary));
    const { tenant } = await stateOf(on);
    for (const kind of ['applications', 'grants', 'appRoleAssignments'] as const)
      assert.deepEqual(tenant[kind], blank[kind], kind);
    assert.equal(session.kept.application, undefined);
    assert.deepEqual(await session.undoable(), []);
  });

  it('shows a job that stops or starts as such, though neither request has a body', () => {
    const path = '/servicePrincipals/1/synchronization/jobs/scim.1';
    const states = ['pause', 'start'].map((verb) => {
      const inverse = [{ kind: 'graph', method: 'POST', path: `${path}/${verb}` }] as const;
      const [change] = undoPlan([{ id: verb, at: 1, apply: 'a', title: verb, sent: null, inverse }]).changes;
      return [change?.before, change?.after];
    });
    const [on, off] = [{ provisioningStatus: 'On' }, { provisioningStatus: 'Off' }];
    assert.deepEqual(states, [
      [on, off],
      [off, on],
    ]);
  });

  it('leaves out what the service had before, what was taken back, and a line that is no request of ours', () => {
    const entry = (id: string, more: Partial<JournalEntry>): JournalEntry => ({
      id,
      at: 1,
      account: 'ada@contoso.com',
      phase: 'done',
      changes: [],
      titles: [id],
      method: 'POST',
      path: '/servicePrincipals/1/appRoleAssignedTo',
      ...more,
    });
    const inverse = [
      { kind: 'graph', method: 'DELETE', path: '/servicePrincipals/1/appRoleAssignedTo/{id}' },
    ];
    const found = readUndoable([
      entry('had it', { inverse }),
      entry('failed', { inverse, phase: 'failed', answeredId: 'a' }),
      entry('taken back', { inverse, answeredId: 'b' }),
      entry('undo', { undoes: 'taken back' }),
      entry('elsewhere', { inverse: [{ kind: 'graph', method: 'DELETE', path: 'https://evil.example/' }] }),
      entry('ours', { inverse, answeredId: 'c/d' }),
    ]);
    assert.deepEqual(
      found.map(({ id, inverse: [first] }) => [id, first?.path]),
      [['ours', '/servicePrincipals/1/appRoleAssignedTo/c%2Fd']],
    );
  });

  it('removes an application with what hangs on it, and nothing of another one', () => {
    const made = { appId: 'a', applicationId: 'application-1', servicePrincipalId: 'principal-1' };
    const entry = (id: string, at: number, path: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
      ...{
        id,
        at,
        account: 'ada@contoso.com',
        phase: 'done',
        changes: [],
        titles: [id],
        method: 'PATCH',
        path,
      },
      inverse: [{ kind: 'graph', method: 'PATCH', path, body: {} }],
      ...more,
    });
    const remove = { kind: 'graph', method: 'DELETE', path: '/applications/application-1' } as const;
    const entries = [
      entry('made', 1, '/applicationTemplates/1/instantiate', { application: made, inverse: remove }),
      entry('on it', 2, '/applications/application-1'),
      entry('on its principal', 3, '/servicePrincipals/principal-1'),
      entry('on an adopted one', 4, '/applications/application-2'),
    ];
    assert.deepEqual(
      undoPlan(readUndoable(entries)).changes.map(({ request }) => request.kind === 'graph' && request.path),
      ['/applications/application-2', '/applications/application-1'],
    );
    const removed: JournalEntry[] = [
      ...entries,
      { ...entry('removed', 5, remove.path, { undoes: 'made', method: 'DELETE' }) },
    ];
    assert.deepEqual(
      readUndoable(removed).map(({ id }) => id),
      ['on an adopted one'],
    );
  });
});
