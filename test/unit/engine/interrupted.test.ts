import assert from 'node:assert/strict';
import { createPerson } from '../../../scripts/rehearse/person.ts';
import { walkFiveSteps } from '../../../scripts/rehearse/fiveSteps.ts';
import { missingInKiro } from '../../../scripts/rehearse/report.ts';
import { findings } from '../../../src/guide/findings.ts';
import { openSandboxSession, openSessionOn, type SandboxSession } from './sandboxSession.ts';
import { instantClock } from './instantClock.ts';

/** Every write of the five steps, as the fault control finds it: method, path, and which one of them it is. */
const writes: readonly (readonly [what: string, method: string, path: string, nth: number])[] = [
  ['creating the application', 'POST', '/instantiate$', 1],
  ['naming it', 'PATCH', '/applications/', 1],
  ['configuring it', 'PATCH', '/applications/', 2],
  ['granting consent', 'POST', '/oauth2PermissionGrants$', 1],
  ['creating the job', 'POST', '/synchronization/jobs$', 1],
  ['testing the connection', 'POST', '/validateCredentials$', 1],
  ['saving endpoint and token', 'PUT', '/secrets$', 1],
  ['correcting the mapping', 'PUT', '/schema$', 1],
  ['assigning the group', 'POST', '/appRoleAssignedTo$', 1],
  ['provisioning one person', 'POST', '/provisionOnDemand$', 1],
  ['starting the job', 'POST', '/start$', 1],
];

async function control(opened: SandboxSession, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${opened.sandbox.endpoints.control}${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  assert.ok(answer.ok, await answer.clone().text());
  return answer.json();
}

/** As the admin who applies each step, and each again as long as it fails: at most the whole walk a second time. */
async function walk(opened: SandboxSession): Promise<string | undefined> {
  const { session, sandbox } = opened;
  await session.observe();
  try {
    const person = createPerson(sandbox.endpoints);
    await walkFiveSteps({ session, person, say: () => undefined });
    return undefined;
  } catch (error) {
    return String(error);
  }
}

interface State {
  readonly tenant: Readonly<Record<'applications' | 'appRoleAssignments' | 'grants', object>>;
}

async function assertOneOfEach(opened: SandboxSession): Promise<void> {
  const { snapshot } = await opened.session.observe();
  assert.deepEqual(
    findings(snapshot).filter(({ status }) => status !== 'met'),
    [],
  );
  assert.deepEqual(missingInKiro(snapshot), []);
  const { tenant } = (await control(opened, '/state')) as State;
  for (const kind of ['applications', 'appRoleAssignments', 'grants'] as const) {
    assert.equal(Object.keys(tenant[kind]).length, 1, kind);
  }
  const requests = (await control(opened, '/requests?server=graph')) as {
    method: string;
    path: string;
    status: number;
  }[];
  const made = (path: RegExp): number =>
    requests.filter((one) => one.method === 'POST' && path.test(one.path) && one.status === 201).length;
  assert.ok(made(/\/instantiate$/) <= 1);
  assert.ok(made(/\/synchronization\/jobs$/) <= 1);
}

describe('an apply that is interrupted', () => {
  for (const when of ['before', 'after'] as const) {
    for (const [what, method, path, nth] of writes) {
      it(`${when} ${what} is completed by the next one, and nothing is there twice`, async () => {
        const opened = await openSandboxSession({ clock: instantClock() });
        try {
          await control(opened, '/faults', { server: 'graph', method, path, nth, when, drop: true });
          const first = await walk(opened);
          // VS Code was closed and opened again: what is kept is all that is left.
          const again =
            first === undefined
              ? opened
              : await openSessionOn(opened.sandbox, { ports: opened.ports, clock: instantClock() });
          if (first !== undefined) assert.equal(await walk(again), undefined);
          await assertOneOfEach(again);
        } finally {
          await opened.sandbox.stop();
        }
      });
    }
  }
});
