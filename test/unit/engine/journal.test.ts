import assert from 'node:assert/strict';
import { createJournal, journalFacts, unfinishedCreation } from '../../../src/engine/journal.ts';
import type { JournalEntry } from '../../../src/engine/session.ts';
import { createMemoryPorts } from '../../../scripts/rehearse/memoryPorts.ts';

function entry(values: Partial<JournalEntry>): JournalEntry {
  return {
    id: '1',
    at: 1,
    account: 'ada@contoso.com',
    phase: 'done',
    changes: [],
    titles: [],
    method: 'POST',
    path: '/x',
    ...values,
  };
}

describe('the journal', () => {
  it('survives a line that a crash cut short', async () => {
    const { lines } = createMemoryPorts(() => undefined);
    const journal = createJournal(lines);
    await journal.write(entry({ id: 'whole' }));
    await lines.append('{"id":"cut","at":12,"acc');
    await journal.write(entry({ id: 'after' }));
    assert.deepEqual(
      (await journal.entries()).map(({ id }) => id),
      ['whole', 'after'],
    );
  });

  it('tells which attributes are left out by the person concerned, until the mapping is sent again', () => {
    const path = '/servicePrincipals/1/synchronization/jobs/scim.1.2/schema';
    const schema = { synchronizationRules: [] };
    const leaving = entry({
      ...{ at: 2, method: 'PUT', path, changes: ['provisioning.mapping.leaveOut'] },
      inverse: [{ kind: 'graph', method: 'PUT', path, body: schema }],
    });
    const push = (at: number, id: string, change: string) =>
      entry({ at, changes: [change], pushed: [{ objectId: id, ok: true }] });
    const lines = [
      push(1, 'before', 'people.push.leftOut.before'),
      leaving,
      push(3, 'other', 'people.push.other'),
      push(4, 'ada', 'people.push.leftOut.ada'),
    ];
    assert.deepEqual(journalFacts(lines).leftOut, {
      ...{ at: 2, path, schema },
      pushed: [{ objectId: 'ada', ok: true }],
    });
    const back = entry({ at: 5, method: 'PUT', path, changes: ['provisioning.mapping'] });
    assert.equal(journalFacts([...lines, back]).leftOut, undefined);
    assert.ok(journalFacts([...lines, { ...back, phase: 'failed' }]).leftOut);
  });

  it('tells the last validation, the last push of each person and the last start', () => {
    const facts = journalFacts([
      entry({ at: 1, validated: { endpoint: 'https://a', ok: true } }),
      entry({ at: 2, validated: { endpoint: 'https://b', ok: false }, phase: 'failed' }),
      entry({ at: 3, pushed: [{ objectId: 'p', ok: false }] }),
      entry({ at: 4, pushed: [{ objectId: 'p', ok: true }] }),
      entry({ at: 5, path: '/servicePrincipals/1/synchronization/jobs/scim.1.2/start', phase: 'intended' }),
      entry({ at: 6, path: '/servicePrincipals/1/synchronization/jobs/scim.1.2/start' }),
    ]);
    assert.deepEqual(facts.lastValidation, { at: 2, endpoint: 'https://b', ok: false });
    assert.deepEqual(facts.pushed, [{ objectId: 'p', at: 4, ok: true }]);
    assert.equal(facts.startedAt, 6);
  });

  it('tells when another endpoint was saved than before, and when the job was made to forget its links', () => {
    const synchronization = '/servicePrincipals/1/synchronization';
    const saved = (at: number, endpoint: string): JournalEntry =>
      entry({
        at,
        method: 'PUT',
        path: `${synchronization}/secrets`,
        body: { value: [{ key: 'BaseAddress', value: endpoint }] },
      });
    const restarted = (at: number, resetScope: string, values: Partial<JournalEntry> = {}): JournalEntry => {
      const path = `${synchronization}/jobs/scim.1.2/restart`;
      return entry({ at, path, body: { criteria: { resetScope } }, ...values });
    };
    const same = [saved(1, 'https://a'), saved(2, 'https://a'), restarted(3, 'QuarantineState, Escrows')];
    assert.equal(journalFacts(same).endpointChangedAt, undefined);
    assert.equal(journalFacts(same).linksForgottenAt, undefined);
    const renewed = [...same, saved(4, 'https://b'), saved(5, 'https://b'), restarted(6, 'Full')];
    assert.equal(journalFacts(renewed).endpointChangedAt, 4);
    assert.equal(journalFacts(renewed).savedAt, 5);
    assert.equal(journalFacts(renewed).linksForgottenAt, 6);
    const refused = [restarted(7, 'Full', { phase: 'failed' }), restarted(8, 'Full', { phase: 'intended' })];
    assert.equal(journalFacts(refused).linksForgottenAt, undefined);
  });

  it('finds the creation that was begun and not ended', () => {
    const path = '/applicationTemplates/t/instantiate';
    const begun = entry({ id: 'c', path, phase: 'intended', note: 'temporary' });
    const application = { appId: 'a', applicationId: 'b', servicePrincipalId: 's' };
    assert.equal(unfinishedCreation([begun])?.note, 'temporary');
    assert.deepEqual(
      unfinishedCreation([begun, entry({ id: 'c', path, phase: 'created', application })])?.application,
      application,
    );
    assert.equal(unfinishedCreation([begun, entry({ id: 'c', path, phase: 'done' })]), undefined);
  });
});
