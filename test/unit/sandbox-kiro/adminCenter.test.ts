import assert from 'node:assert/strict';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.ts';

type Json = Record<string, unknown>;

describe('the page of the admin center in the sandbox’s console', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ cloud: 'china', preset: 'mapping-mailNickname' });
  });
  after(() => sandbox?.close());

  async function post(action: string, body: Json = {}) {
    const response = await fetch(`${sandbox.line.console}/${action}`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, json: (await response.json()) as Json };
  }
  const kept = () => {
    const [synchronization] = [...sandbox.state.tenant.synchronization.values()];
    assert.ok(synchronization?.job);
    return { ...synchronization, job: synchronization.job };
  };
  const page = async (of: Sandbox) => (await fetch(`${of.line.console}/provisioning`)).text();

  it('is linked only in a cloud whose Graph can’t do what it does', async () => {
    assert.match(await page(sandbox), /data-testid="tab-provisioning"/);
    const elsewhere = await startSandbox();
    try {
      assert.doesNotMatch(await page(elsewhere), /data-testid="tab-provisioning"/);
    } finally {
      await elsewhere.close();
    }
  });

  it('tests credentials before it saves them', async () => {
    const before = kept().secrets;
    const wrong = await post('save-credentials', { tenantUrl: sandbox.line.scim, secretToken: 'wrong' });
    assert.equal(wrong.status, 400);
    assert.ok(String(wrong.json['error']).length > 10);
    assert.deepEqual(kept().secrets, before);
    const { json } = await post('tokens');
    const { secret } = json['token'] as { secret: string };
    const right = await post('save-credentials', {
      tenantUrl: json['scimEndpoint'] as string,
      secretToken: secret,
    });
    assert.equal(right.status, 200);
    assert.equal(kept().secrets.find(({ key }) => key === 'SecretToken')?.value, secret);
    assert.ok(!(await page(sandbox)).includes(secret));
  });

  it('corrects the mapping, and starts and stops provisioning', async () => {
    assert.match(attributeMappings(), /phoneNumbers\[/);
    assert.equal((await post('correct-mapping')).status, 200);
    assert.doesNotMatch(attributeMappings(), /phoneNumbers\[|mailNickname[^}]*"externalId"/);
    await post('start-provisioning');
    assert.equal(kept().job.schedule.state, 'Active');
    await post('stop-provisioning');
    assert.notEqual(kept().job.schedule.state, 'Active');
    assert.equal((await post('start-provisioning', { servicePrincipalId: 'nobody' })).status, 404);
  });

  function attributeMappings(): string {
    const rules = kept().job.schema['synchronizationRules'] as { objectMappings: Json[] }[];
    return JSON.stringify(rules.flatMap(({ objectMappings }) => objectMappings));
  }
});
