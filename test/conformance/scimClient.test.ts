import assert from 'node:assert/strict';
import { loadPackage } from './packages/load.ts';
import { list, send, startSandbox, text } from './sandbox.ts';
import type { Json, Sandbox } from './sandbox.ts';

/** The part of `@rc-ex/core`, RingCentral's client, that speaks SCIM at `{server}/scim/v2`. */
interface RingCentral {
  token?: { access_token: string };
  scim(): {
    users(id?: string): {
      list(query?: Json): Promise<Json>;
      post(user: Json): Promise<Json>;
      get(): Promise<Json>;
      put(user: Json): Promise<Json>;
      patch(change: Json): Promise<Json>;
      delete(): Promise<unknown>;
    };
    schemas(): { list(): Promise<Json> };
    resourceTypes(): { list(): Promise<Json> };
    serviceProviderConfig(): { get(): Promise<Json> };
  };
}
type RingCentralModule = {
  default: new (options: { server: string }) => RingCentral;
};

/** The part of `scimmy` that reads resources by the standard's own schemas. */
interface Scimmy {
  default: {
    Schemas: Readonly<
      Record<'User' | 'Group', new (resource: Json, direction?: 'in' | 'out' | 'both') => Json>
    >;
    Messages: { ListResponse: new (message: Json) => { Resources: Json[]; totalResults: number } };
  };
}

const user = (name: string): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: `${name}@contoso.com`,
  externalId: `id-${name}`,
  displayName: name,
  name: { givenName: name, familyName: 'Doe' },
  emails: [{ value: `${name}@contoso.com`, type: 'work', primary: true }],
  active: true,
});

describe('a SCIM client (@rc-ex/core) against Kiro’s SCIM endpoint in the sandbox', () => {
  let sandbox: Sandbox;
  let client: RingCentral;

  before(async () => {
    sandbox = await startSandbox();
    await sandbox.console('profile', {
      applicationId: 'aaaaaaaa-0000-4000-8000-000000000001',
      tenantId: sandbox.line.tenantId,
    });
    const made = await sandbox.console('tokens', {});
    const { default: Client } = await loadPackage<RingCentralModule>('@rc-ex/core');
    client = new Client({ server: sandbox.line.scim.replace(/\/scim\/v2$/, '') });
    client.token = { access_token: text(made, 'token/secret') };
  });
  after(() => sandbox.stop());

  const refused = (status: number, detail: RegExp) => (error: unknown) => {
    const { response } = error as { response?: { status: number; data: Json } };
    assert.equal(response?.status, status, String(error));
    assert.match(String(response.data['detail']), detail);
    return true;
  };

  it('makes a user, finds it by filter, changes it and removes it', async () => {
    const scim = client.scim();
    const made = await scim.users().post(user('ada'));
    const id = text(made, 'id');
    const found = await scim.users().list({ filter: 'userName eq "ADA@contoso.com"' });
    assert.equal(found['totalResults'], 1);
    assert.equal(text(found, 'Resources/0/id'), id);
    const changed = await scim.users(id).patch({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: false }],
    });
    assert.equal(changed['active'], false);
    assert.equal((await scim.users(id).get())['active'], false);
    await scim.users(id).delete();
    await assert.rejects(scim.users(id).get(), refused(404, /./));
  });

  it('is told in one sentence what the endpoint does not take, and the same name a second time', async () => {
    const scim = client.scim();
    await assert.rejects(
      scim.users().post({ ...user('bob'), phoneNumbers: [{ type: 'work', value: '+49 1' }] }),
      refused(400, /^Request is unparsable, syntactically incorrect, or violates schema\.$/),
    );
    const { id } = await scim.users().post(user('bob'));
    await assert.rejects(scim.users().post(user('bob')), refused(409, /./));
    await assert.rejects(
      scim.users(String(id)).patch({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'externalId', value: 'another' }],
      }),
      refused(400, /mutability/),
    );
  });

  it('gets the same page again for another startIndex, and reads what the endpoint tells of itself', async () => {
    const scim = client.scim();
    for (const name of ['cleo', 'dora', 'emil']) await scim.users().post(user(name));
    const first = await scim.users().list({ count: 2, startIndex: 1 });
    const second = await scim.users().list({ count: 2, startIndex: 3 });
    assert.equal(list(first, 'Resources').length, 2);
    assert.deepEqual(first['Resources'], second['Resources']);
    const config = await scim.serviceProviderConfig().get();
    assert.equal(text(config, 'authenticationSchemes/0/type'), 'oauthbearertoken');
    assert.deepEqual(
      list(await scim.resourceTypes().list(), 'Resources').map((one) => one['id']),
      ['User', 'Group'],
    );
    assert.ok(list(await scim.schemas().list(), 'Resources').length >= 2);
  });

  it('answers resources that an independent reader of the standard (scimmy) takes as they are', async () => {
    const { Schemas, Messages } = (await loadPackage<Scimmy>('scimmy')).default;
    const answer = await client.scim().users().list();
    const message = new Messages.ListResponse(answer);
    assert.equal(message.totalResults, answer['totalResults']);
    for (const one of list(answer, 'Resources')) {
      const read = new Schemas.User(one, 'out');
      for (const name of ['id', 'userName', 'externalId', 'active', 'displayName'])
        assert.deepEqual(read[name], one[name], name);
    }
  });

  it('says that its answers are SCIM, faults too', async () => {
    const bearer = { authorization: `Bearer ${client.token?.access_token ?? ''}` };
    for (const headers of [bearer, {}]) {
      const { contentType } = await send(`${sandbox.line.scim}/Users`, 'GET', undefined, headers);
      assert.match(contentType, /^application\/scim\+json\b/);
    }
  });

  it('refuses another token', async () => {
    const known = client.token;
    client.token = { access_token: 'invented' };
    await assert.rejects(client.scim().users().list(), refused(401, /./));
    if (known) client.token = known;
  });
});
