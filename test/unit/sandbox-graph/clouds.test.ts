import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudNames } from '../../../src/sandbox/clouds.ts';
import { issueGraphToken } from '../../../src/sandbox/login/tokens.ts';
import { readCommandLine, UsageError } from '../../../src/sandbox/options.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { at, column, createdKeys, rows, startGraph, templateId, text } from './support.ts';
import type { Graph } from './support.ts';

/** The non-gallery template of each cloud (Microsoft Graph: applicationTemplate: instantiate). */
const templates = {
  global: templateId,
  usgov: '4602d0b4-76bb-404b-bca9-2652e1a39c6d',
  dod: '4602d0b4-76bb-404b-bca9-2652e1a39c6d',
  china: '5a532e38-1581-4918-9658-008dc27c1d68',
};

async function provisioned(graph: Graph, template: string) {
  const { body } = await graph.call('POST', `/applicationTemplates/${template}/instantiate`, {
    displayName: 'Kiro-Entra',
  });
  const base = `/servicePrincipals/${text(body, 'servicePrincipal/id')}/synchronization`;
  const { body: job } = await graph.call('POST', `${base}/jobs`, { templateId: 'scim' });
  return { base, job: `${base}/jobs/${text(job, 'id')}` };
}

describe('a sandbox tenant of a national cloud', () => {
  for (const cloud of cloudNames) {
    it(`has the template of its cloud: ${cloud}`, async () => {
      const graph = await startGraph({ cloud });
      const { job } = await provisioned(graph, templates[cloud]);
      assert.equal((await graph.call('GET', job)).status, 200);
      const other = cloud === 'global' ? templates.china : templates.global;
      assert.equal((await graph.call('GET', `/applicationTemplates/${other}`)).status, 404);
    });
  }

  it('of 21Vianet knows no segment of what is not offered there, alone or in a batch', async () => {
    const graph = await startGraph({ cloud: 'china' });
    const { base, job } = await provisioned(graph, templates.china);
    const lacking = [
      ['GET', `${base}/secrets`, 'secrets'],
      ['PUT', `${base}/secrets`, 'secrets'],
      ['GET', `${job}/schema`, 'schema'],
      ['PUT', `${job}/schema`, 'schema'],
      ['GET', `${job}/schema/functions`, 'schema'],
      ['GET', `${base}/templates/scim/schema`, 'schema'],
      ['POST', `${base}/jobs/validateCredentials`, 'validateCredentials'],
      ['POST', `${job}/validateCredentials`, 'validateCredentials'],
      ['POST', `${job}/provisionOnDemand`, 'provisionOnDemand'],
      ['GET', '/auditLogs/provisioning', 'provisioning'],
    ] as const;
    for (const [method, path, segment] of lacking) {
      const { status, body } = await graph.call(method, path, method === 'GET' ? undefined : {});
      assert.equal(status, 400, path);
      assert.equal(text(body, 'error/code'), 'BadRequest');
      assert.equal(text(body, 'error/message'), `Resource not found for the segment '${segment}'.`);
    }
    const requests = lacking
      .filter(([method]) => method === 'GET')
      .map(([method, url], index) => ({ id: `${index}`, method, url }));
    const { body } = await graph.call('POST', '/$batch', { requests });
    assert.deepEqual(
      (at(body, 'responses') as { status: number }[]).map(({ status }) => status),
      requests.map(() => 400),
    );
  });

  it('of 21Vianet has jobs, their start and restart, templates and the other logs', async () => {
    const graph = await startGraph({ cloud: 'china' });
    const { base, job } = await provisioned(graph, templates.china);
    assert.equal(rows((await graph.call('GET', `${base}/jobs`)).body).length, 1);
    assert.ok(column((await graph.call('GET', `${base}/templates`)).body, 'id').includes('scim'));
    assert.equal((await graph.call('POST', `${job}/start`)).status, 204);
    assert.equal((await graph.call('POST', `${job}/restart`, {})).status, 204);
    assert.equal((await graph.call('GET', '/auditLogs/directoryAudits')).status, 200);
  });

  it('takes tokens for the Graph of its own cloud only', async () => {
    const graph = await startGraph({ cloud: 'china' });
    const { id: tenantId, users } = graph.state.tenant;
    const { id, userPrincipalName, displayName } = users.values().next().value!;
    const user = { id, userPrincipalName, displayName, roles: [] };
    const scopes = ['User.Read'];
    const status = async (cloud: 'global' | 'china'): Promise<number> => {
      const token = await issueGraphToken(await createdKeys, { tenantId, cloud, user, scopes });
      return (await graph.call('GET', '/me', undefined, { token })).status;
    };
    assert.deepEqual([await status('china'), await status('global')], [200, 401]);
  });

  it('is named so from its birth on', async () => {
    const { state } = await startGraph({ cloud: 'china' });
    assert.deepEqual(state.tenant.verifiedDomains, ['contoso.com', 'contoso.partner.onmschina.cn']);
    const [graph] = [...state.tenant.servicePrincipals.values()];
    assert.ok(
      (graph!['servicePrincipalNames'] as string[]).includes('https://microsoftgraph.chinacloudapi.cn'),
    );
  });

  it('is asked for by a cloud’s name', () => {
    assert.equal(readCommandLine([]).cloud, 'global');
    assert.equal(readCommandLine(['--cloud', 'china']).cloud, 'china');
    assert.throws(() => readCommandLine(['--cloud', 'mars']), UsageError);
  });

  it('stays in its cloud, and one of before there was a choice in the global one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-cloud-'));
    const file = join(folder, 'state.json');
    try {
      const ofCloud = async (cloud: 'global' | 'china') => {
        const sandbox = await startSandbox({ cloud, state: file });
        await sandbox.close();
        return [sandbox.line.tenantId, sandbox.line.cloud];
      };
      const [id] = await ofCloud('china');
      assert.deepEqual(await ofCloud('global'), [id, 'china']);
      const saved = await readFile(file, 'utf8');
      assert.ok(saved.includes('"cloud":"china",'));
      await writeFile(file, saved.replace('"cloud":"china",', ''));
      assert.deepEqual(await ofCloud('china'), [id, 'global']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
