import assert from 'node:assert/strict';
import { GraphError } from '../../../src/entra/graphError.ts';
import { createApplication, type CreateDeps } from '../../../src/engine/createApplication.ts';
import { createJournal, unfinishedCreation } from '../../../src/engine/journal.ts';
import type { JournalEntry } from '../../../src/engine/session.ts';
import { createMemoryPorts } from '../../../scripts/rehearse/memoryPorts.ts';

const request = { kind: 'graph', method: 'POST', path: '/applicationTemplates/t/instantiate' } as const;
const made = { appId: 'app', applicationId: 'object', servicePrincipalId: 'principal' };
const intention: JournalEntry = {
  id: 'entry',
  at: 0,
  account: 'ada@contoso.com',
  phase: 'intended',
  changes: ['application.exists'],
  titles: ['Create the application'],
  method: 'POST',
  path: request.path,
};

/** A directory that can fail where a real one does: before, during and after the creation. */
function directory(fault: { instantiate?: GraphError; creates?: boolean; rename?: GraphError }) {
  const names: string[] = [];
  const sent: string[] = [];
  const { lines } = createMemoryPorts(() => undefined);
  const journal = createJournal(lines);
  const deps: CreateDeps = {
    journal,
    clock: { now: () => 1_000, sleep: async () => undefined },
    newId: () => 'unique',
    async send(method, path, body) {
      sent.push(`${method} ${path}`);
      if (path.endsWith('/instantiate')) {
        if (fault.creates !== false) names.push((body as { displayName: string }).displayName);
        if (fault.instantiate) throw fault.instantiate;
      }
      if (method === 'PATCH' && fault.rename) throw fault.rename;
      const body201 = { application: { id: 'object', appId: 'app' }, servicePrincipal: { id: 'principal' } };
      return { status: 201, body: body201, requestId: undefined };
    },
    canRead: async () => true,
    findByName: async (name) => (names.includes(name) ? [made] : []),
  };
  const create = () => createApplication(request, 'Kiro-Entra', intention, deps);
  const instantiated = () => sent.filter((line) => line.endsWith('/instantiate')).length;
  return { create, deps, journal, instantiated, sent };
}

describe('createApplication', () => {
  it('creates under a temporary name, renames, and leaves no open intention', async () => {
    const { create, journal, sent } = directory({});
    assert.deepEqual(await create(), made);
    assert.equal(sent.at(-1), 'PATCH /applications/object');
    assert.equal(unfinishedCreation(await journal.entries()), undefined);
  });

  it('finds the application again when the answer is 404 although it was created', async () => {
    const notFound = new GraphError({ reason: 'not-found', status: 404, message: 'Resource does not exist' });
    const { create, instantiated } = directory({ instantiate: notFound });
    assert.deepEqual(await create(), made);
    assert.equal(instantiated(), 1);
  });

  it('makes no second application when the first try broke off after creating', async () => {
    const fault: Parameters<typeof directory>[0] = {
      rename: new GraphError({ reason: 'network', message: 'gone' }),
    };
    const { create, instantiated, journal } = directory(fault);
    await assert.rejects(create());
    assert.ok(unfinishedCreation(await journal.entries()));
    delete fault.rename;
    assert.deepEqual(await create(), made);
    assert.equal(instantiated(), 1);
  });

  it('asks again under the same name when nothing was created', async () => {
    const fault: Parameters<typeof directory>[0] = {
      creates: false,
      instantiate: new GraphError({ reason: 'network', message: 'gone' }),
    };
    const { create, instantiated } = directory(fault);
    await assert.rejects(create());
    delete fault.instantiate;
    fault.creates = true;
    assert.deepEqual(await create(), made);
    assert.equal(instantiated(), 2);
  });

  it('closes the intention when the service refused for good', async () => {
    const refused = new GraphError({ reason: 'permission', status: 403, message: 'Insufficient privileges' });
    const { create, journal } = directory({ creates: false, instantiate: refused });
    await assert.rejects(create());
    assert.equal(unfinishedCreation(await journal.entries()), undefined);
  });
});
