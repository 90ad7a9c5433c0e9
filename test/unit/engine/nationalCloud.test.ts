import assert from 'node:assert/strict';
import { walkFiveSteps } from '../../../scripts/rehearse/fiveSteps.ts';
import { openOnSandbox } from '../../../scripts/rehearse/openOnSandbox.ts';
import { createPerson, type Person } from '../../../scripts/rehearse/person.ts';
import { parseSandboxLine } from '../../../src/engine/sandboxLine.ts';
import type { Session } from '../../../src/engine/session.ts';
import { findings } from '../../../src/guide/findings.ts';
import type { Finding } from '../../../src/guide/requirement.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.ts';

const lacking = /secrets|schema|validateCredentials|provisionOnDemand|auditLogs\/provisioning/;

interface Request {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

describe('the five steps in the cloud of 21Vianet', () => {
  let sandbox: Sandbox;
  let session: Session;
  let person: Person;

  before(async () => {
    sandbox = await startSandbox({ cloud: 'china' });
    const endpoints = parseSandboxLine(JSON.stringify(sandbox.line));
    ({ session } = await openOnSandbox(endpoints));
    person = createPerson(endpoints);
  });
  after(() => sandbox?.close());

  const sent = async (): Promise<readonly Request[]> => {
    const answer = await fetch(`${sandbox.line.control}/requests?server=graph`);
    return (await answer.json()) as Request[];
  };
  const open = (step: number): Finding[] =>
    session.current
      ? findings(session.current.snapshot).filter((one) => one.step === step && one.status !== 'met')
      : [];

  it('end with everything met, when a person does by hand what is said to be theirs', async () => {
    /** What was open when the person went to the admin center, by what they did there. */
    const opened: Record<string, Finding[]> = {};
    const noting: Person = {
      ...person,
      saveCredentials: async (endpoint, secret) => {
        opened['credentials'] = open(4);
        await person.saveCredentials(endpoint, secret);
      },
      correctMapping: async () => {
        opened['mapping'] = open(4);
        await person.correctMapping();
      },
      startProvisioning: async () => {
        opened['start'] = open(5);
        assert.deepEqual((await person.look()).users, [], 'somebody was pushed before anybody could look');
        await person.startProvisioning();
      },
    };
    await session.observe();
    await walkFiveSteps({ session, person: noting, say: () => undefined });
    await session.observe();

    const tickOf = ({ action }: Finding) => (action?.kind === 'tick' ? action.tick : undefined);
    for (const finding of [...opened['credentials']!, ...opened['mapping']!]) {
      assert.equal(finding.status, 'manual', finding.id);
      assert.ok(finding.remedy, finding.id);
      assert.equal(finding.portal, 'provisioning', finding.id);
    }
    assert.deepEqual(
      [...new Set(opened['credentials']!.map(tickOf))].sort(),
      ['credentialsSaved', 'mappingCorrected'],
      'each is said with the tick that takes its place',
    );
    assert.deepEqual([...new Set(opened['mapping']!.map(tickOf))], ['mappingCorrected']);
    const start = opened['start']!.filter(({ id }) => /firstArrived|jobRunning/.test(id));
    assert.deepEqual(
      start.map(({ status, action, remedy }) => [status, action, remedy !== undefined]),
      [
        ['manual', undefined, true],
        ['manual', undefined, true],
      ],
    );
    for (const step of [1, 2, 3, 4, 5]) assert.deepEqual(open(step), []);
    const [others] = await session.searchGroups('Engineering');
    assert.ok(others);
    const more = session.plan(5, { choices: { groups: [others] } });
    const ids = more.changes.map(({ id }) => id);
    assert.deepEqual(ids, [`people.assign.${others.id}`], 'the others can be assigned while the job runs');
    assert.ok(findings(session.current!.snapshot).length > 30);
  });

  it('send nothing that this cloud lacks, and never start the job', async () => {
    const requests = await sent();
    assert.ok(requests.some(({ method, path }) => method === 'POST' && path.endsWith('/jobs')));
    for (const { method, path, status } of requests) {
      assert.doesNotMatch(
        path,
        /secrets|schema|validateCredentials|provisionOnDemand|auditLogs\/provisioning/,
      );
      assert.doesNotMatch(path, /\/(re)?start$/);
      assert.ok(status < 400, `${method} ${path}: ${status}`);
    }
  });

  it('arrive under the object ID, which the mapping that was corrected by hand gives', async () => {
    const { users } = await person.look();
    assert.ok(users.length > 0);
    for (const { externalId, userName } of users) {
      const found = [...sandbox.state.tenant.users.values()].find(
        (one) => one.userPrincipalName === userName,
      );
      assert.equal(externalId, found?.id);
    }
  });

  it('leave nothing afterwards that asks for what this cloud lacks', async () => {
    const before = (await sent()).length;
    const [someone] = await session.leaving.find('grace@contoso.com');
    assert.ok(someone);
    const view = await session.leaving.look(someone);
    const leaving = session.leaving.plan(
      view,
      view.groups.map(({ id }) => id),
    );
    assert.deepEqual(
      leaving.changes.map(({ request }) => request.kind === 'graph' && request.method),
      ['DELETE'],
    );
    await assert.rejects(session.onDemand.plan({ kind: 'person', person: someone }));
    await assert.rejects(session.provisioningEvents());
    await session.comparePeople();
    for (const { path, status, method } of (await sent()).slice(before)) {
      assert.doesNotMatch(path, lacking);
      assert.ok(status < 400, `${method} ${path}: ${status}`);
    }
  });

  it('ask again for what a newer token or a job made anew undoes', async () => {
    const byHand = () => open(4).flatMap(({ id, status }) => (status === 'manual' ? [id] : []));
    assert.deepEqual(byHand(), []);
    const { secret } = await person.makeToken();
    await session.keepScimToken(secret, undefined);
    assert.deepEqual(byHand(), ['provisioning.credentials', 'provisioning.secrets', 'provisioning.scope']);
    const { servicePrincipalId } = session.kept.application!;
    const jobs = `${sandbox.line.graph}/servicePrincipals/${servicePrincipalId}/synchronization/jobs`;
    const headers = { authorization: `Bearer ${sandbox.line.accessToken}` };
    const { value } = (await (await fetch(jobs, { headers })).json()) as { value: { id: string }[] };
    await fetch(`${jobs}/${value[0]!.id}`, { method: 'DELETE', headers });
    await session.observe();
    await session.apply(session.plan(4, { choices: {} }), {});
    assert.ok(byHand().includes('provisioning.mapping.externalId'));
  });
});
