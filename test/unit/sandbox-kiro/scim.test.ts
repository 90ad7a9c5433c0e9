import assert from 'node:assert/strict';
import type { Hono } from 'hono';
import { createScimApp } from '../../../src/sandbox/scim/server.ts';
import type { SandboxState } from '../../../src/sandbox/state.ts';
import { testState, withProfile } from './fixture.ts';

type Json = Record<string, unknown>;
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('sandbox SCIM endpoint of Kiro', () => {
  let state: SandboxState;
  let app: Hono;
  let token: string;

  beforeEach(() => {
    state = testState();
    app = createScimApp(state);
    token = withProfile(state);
  });

  async function call(
    method: string,
    path: string,
    body?: unknown,
    options: { token?: string | null; tenant?: string } = {},
  ): Promise<{ status: number; json: Json }> {
    const response = await app.request(
      `http://scim.local/${options.tenant ?? state.kiro.scimTenant}/scim/v2${path}`,
      {
        method,
        headers: {
          'content-type': 'application/scim+json',
          ...(options.token === null ? {} : { authorization: `Bearer ${options.token ?? token}` }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      },
    );
    const text = await response.text();
    return { status: response.status, json: text === '' ? {} : (JSON.parse(text) as Json) };
  }

  /** A user as Entra creates it. */
  const entraUser = (name: string, more: Json = {}): Json => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
    externalId: `id-${name}`,
    userName: `${name}@contoso.com`,
    active: true,
    displayName: name,
    emails: [{ primary: true, type: 'work', value: `${name}@contoso.com` }],
    meta: { resourceType: 'User' },
    name: { formatted: `${name} Doe`, familyName: 'Doe', givenName: name },
    roles: [],
    ...more,
  });

  async function create(name: string, more: Json = {}): Promise<string> {
    const { status, json } = await call('POST', '/Users', entraUser(name, more));
    assert.equal(status, 201, JSON.stringify(json));
    return String(json['id']);
  }
  const patch = (id: string, ...Operations: Json[]) =>
    call('PATCH', `/Users/${id}`, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });
  const query = (path: string, filter: string) => call('GET', `${path}?filter=${encodeURIComponent(filter)}`);
  const total = async (path: string, filter: string) => (await query(path, filter)).json['totalResults'];

  it('answers 401 without a token, with a wrong one, for another tenant, and without a profile', async () => {
    const shape = await call('GET', '/Users', undefined, { token: null });
    assert.equal(shape.status, 401);
    assert.deepEqual(shape.json['schema'], shape.json['schemas']);
    assert.match(String(shape.json['timeStamp']), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
    assert.equal((await call('GET', '/Users', undefined, { token: 'other' })).status, 401);
    assert.equal((await call('GET', '/Users', undefined, { tenant: 'other' })).status, 401);
    assert.equal((await call('GET', '/Nothing', undefined, { token: null })).status, 401);
    assert.equal((await call('GET', '/Nothing')).status, 404);
    state.kiro.profile = undefined;
    assert.equal((await call('GET', '/ServiceProviderConfig')).status, 401);
  });

  it('makes a user as Entra sends it and finds it by name without regard to case', async () => {
    const id = await create('ada');
    const { json } = await call('GET', `/Users/${id}`);
    assert.equal(json['externalId'], 'id-ada');
    assert.deepEqual(json['emails'], [{ primary: true, type: 'work', value: 'ada@contoso.com' }]);
    assert.equal(await total('/Users', 'userName eq "ADA@contoso.com"'), 1);
    assert.equal(await total('/Users', 'userName eq "nobody" and externalId eq "x"'), 0);
    assert.equal(await total('/Users', 'externalId eq "id-ada"'), 1);
    assert.equal((await query('/Users', 'userName co "a"')).status, 400);
    assert.equal((await query('/Users', 'title eq "a"')).status, 400);
    assert.equal((await query('/Users', `userName eq "${'\\'.repeat(20_001)}`)).status, 400);
  });

  it('refuses what Kiro does not support, illegal characters, and a second record of the same', async () => {
    const refused: Json[] = [
      { phoneNumbers: [{ type: 'work', value: '1' }] },
      { [enterprise]: { department: 'Research' } },
      { [`${enterprise}:employeeNumber`]: '1' },
      { externalId: 'ada@contoso.com' },
      { displayName: 'Ada; Countess' },
      { title: '' },
      { userName: undefined },
      { emails: [{ value: 'a@b.c' }, { value: 'd@e.f' }] },
      { groups: [{ value: 'x' }] },
      { active: 'perhaps' },
    ];
    for (const more of refused) {
      const { status, json } = await call('POST', '/Users', entraUser('ada', more));
      assert.equal(status, 400, JSON.stringify(more));
      assert.equal(json['detail'], 'Request is unparsable, syntactically incorrect, or violates schema.');
    }
    assert.equal((await call('POST', '/Users', '{"userName":"x","__proto__":{"active":false}}')).status, 400);
    assert.equal((await call('POST', '/Users', 'no json')).status, 400);
    await create('ada');
    assert.equal((await call('POST', '/Users', entraUser('Ada', { externalId: 'other' }))).status, 409);
    assert.equal((await call('POST', '/Users', entraUser('bob', { externalId: 'id-ada' }))).status, 409);
    const profile = state.kiro.profile!;
    assert.equal(profile.users.size, 1);
    assert.equal('active' in {}, false);
  });

  it('keeps the first externalId for ever', async () => {
    const id = await create('ada');
    const change = await patch(id, { op: 'Replace', path: 'externalId', value: 'new' });
    assert.equal(change.status, 400);
    assert.equal(
      change.json['detail'],
      'externalId: This attribute does not satisfy the mutability validation defined in the schema.',
    );
    assert.equal((await patch(id, { op: 'Remove', path: 'externalId' })).status, 400);
    assert.equal((await patch(id, { op: 'Replace', path: 'externalId', value: 'id-ada' })).status, 200);
    const without = await create('bob', { externalId: null });
    assert.equal((await patch(without, { op: 'Add', path: 'externalId', value: 'first' })).status, 200);
    assert.equal((await patch(without, { op: 'Add', path: 'externalId', value: 'second' })).status, 400);
  });

  it('replaces a user as a whole, but never the externalId', async () => {
    const id = await create('ada', { title: 'Countess' });
    const put = (body: Json) => call('PUT', `/Users/${id}`, body);
    for (const externalId of ['other', null]) {
      const refused = await put(entraUser('ada', { externalId }));
      assert.equal(refused.status, 400);
      assert.match(String(refused.json['detail']), /mutability/);
    }
    await create('bob');
    assert.equal((await put(entraUser('bob', { externalId: 'id-ada' }))).status, 409);
    const done = await put(entraUser('augusta', { externalId: 'id-ada', active: false }));
    assert.equal(done.status, 200);
    assert.deepEqual([done.json['userName'], done.json['title']], ['augusta@contoso.com', undefined]);
    assert.equal(state.kiro.profile!.users.get(id)?.active, false);
    assert.equal(await total('/Users', 'userName eq "ada@contoso.com"'), 0);
    assert.equal(await total('/Users', 'userName eq "augusta@contoso.com"'), 1);
    assert.equal((await call('PUT', '/Users/nobody', entraUser('x'))).status, 404);
  });

  it('frees name and externalId when a user is deleted', async () => {
    const id = await create('ada');
    assert.equal((await call('DELETE', `/Users/${id}`)).status, 204);
    assert.equal((await call('GET', `/Users/${id}`)).status, 404);
    assert.notEqual(await create('ada'), id);
  });

  it('understands Entra’s way of patching, and changes all or nothing', async () => {
    const id = await create('ada');
    const done = await patch(
      id,
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@contoso.com' },
      { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Berlin' },
      { op: 'Add', path: 'name.givenName', value: 'Augusta' },
      { op: 'Remove', path: 'displayName' },
    );
    assert.equal(done.status, 200);
    assert.equal(done.json['active'], false);
    assert.equal(done.json['displayName'], undefined);
    assert.deepEqual(done.json['emails'], [{ primary: true, type: 'work', value: 'new@contoso.com' }]);
    assert.deepEqual(done.json['addresses'], [{ type: 'work', locality: 'Berlin' }]);
    assert.deepEqual(done.json['name'], { formatted: 'ada Doe', familyName: 'Doe', givenName: 'Augusta' });
    assert.equal(state.kiro.profile!.users.get(id)?.active, false);
    const pathless = await patch(id, { op: 'replace', value: { active: true, 'name.familyName': 'King' } });
    assert.equal(pathless.json['active'], true);
    const half = await patch(
      id,
      { op: 'Replace', path: 'title', value: 'Countess' },
      { op: 'Add', path: `${enterprise}:department`, value: 'Research' },
    );
    assert.equal(half.status, 400);
    assert.equal((await call('GET', `/Users/${id}`)).json['title'], undefined);
    for (const refused of [
      { op: 'Remove', path: 'userName' },
      { op: 'Remove' },
      { op: 'Move', path: 'title' },
      { op: 'Add', path: '__proto__.x', value: '1' },
      { op: 'Add', path: 'emails[type eq "home"].value', value: 'second@contoso.com' },
      { op: 'Replace', path: 'phoneNumbers[type eq "work"].value', value: '1' },
    ])
      assert.equal((await patch(id, refused)).status, 400, JSON.stringify(refused));
  });

  it('hides members on reads and answers membership by filter', async () => {
    const [ada, bob] = [await create('ada'), await create('bob')];
    const made = await call('POST', '/Groups', {
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:Group',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ],
      externalId: 'g-1',
      displayName: 'Kiro users',
      meta: { resourceType: 'Group' },
    });
    assert.equal(made.status, 201);
    const id = String(made.json['id']);
    const members = (op: string, value: unknown, path = 'members') =>
      call('PATCH', `/Groups/${id}`, { Operations: [{ op, path, value }] });
    const both = [ada, bob].map((value) => ({ $ref: null, value }));
    assert.equal((await members('Add', both)).status, 204);
    assert.deepEqual((await call('GET', `/Groups/${id}?excludedAttributes=members`)).json['members'], []);
    assert.equal(await total('/Users', `groups.value eq "${id}"`), 2);
    assert.equal(await total('/Groups', `members.value eq "${ada}" and displayName eq "kiro users"`), 1);
    assert.equal((await members('Remove', [{ value: ada }])).status, 204);
    assert.equal((await members('Remove', undefined, `members[value eq "${bob}"]`)).status, 204);
    assert.equal(await total('/Users', `groups.value eq "${id}"`), 0);
    assert.equal((await members('Replace', both)).status, 400);
    assert.equal((await members('Remove', undefined)).status, 400);
    assert.equal((await members('Add', [{ value: 'nobody' }])).status, 404);
    assert.equal((await query('/Users', 'groups.value eq "nothing"')).status, 404);
    await members('Add', both);
    assert.equal((await call('DELETE', `/Users/${ada}`)).status, 204);
    assert.equal(await total('/Users', `groups.value eq "${id}"`), 1);
    assert.equal((await call('DELETE', `/Groups/${id}`)).status, 204);
    assert.equal((await call('GET', `/Groups/${id}`)).status, 404);
  });

  it('takes at most a hundred changes of membership in one request, and all of them or none', async () => {
    const made = await call('POST', '/Groups', { displayName: 'Kiro users' });
    const id = String(made.json['id']);
    const people: Json[] = [];
    for (let n = 0; n < 101; n++) people.push({ value: await create(`user${n}`) });
    const add = (...values: Json[][]) =>
      call('PATCH', `/Groups/${id}`, {
        Operations: values.map((value) => ({ op: 'Add', path: 'members', value })),
      });
    assert.equal((await add(people)).status, 400);
    assert.equal((await add(people.slice(0, 60), people.slice(60))).status, 400);
    assert.equal((await add(people.slice(0, 1), [{ value: 'nobody' }])).status, 404);
    assert.equal(await total('/Users', `groups.value eq "${id}"`), 0);
    assert.equal((await add(people.slice(0, 100))).status, 204);
    assert.equal(await total('/Users', `groups.value eq "${id}"`), 100);
  });

  it('pages by cursor and not by startIndex', async () => {
    for (let n = 0; n < 7; n++) await create(`user${n}`);
    const names = new Set<unknown>();
    let cursor: string | undefined = '';
    let pages = 0;
    while (cursor !== undefined && pages < 10) {
      const { json } = await call('GET', `/Users?count=3&cursor=${encodeURIComponent(cursor)}`);
      const resources = json['Resources'] as Json[];
      assert.equal(json['itemsPerPage'], resources.length);
      for (const one of resources) names.add(one['userName']);
      cursor = json['nextCursor'] as string | undefined;
      pages++;
    }
    assert.deepEqual([names.size, pages], [7, 3]);
    const first = await call('GET', '/Users?count=3');
    const second = await call('GET', '/Users?count=3&startIndex=4');
    assert.deepEqual(first.json['Resources'], second.json['Resources']);
    assert.equal(first.json['nextCursor'], undefined);
    assert.equal((await call('GET', '/Users?count=101')).status, 400);
    assert.equal((await call('GET', '/Users?cursor=!')).status, 400);
  });

  it('describes itself', async () => {
    const { json } = await call('GET', '/Schemas');
    const user = (json['Resources'] as Json[])[0]!;
    const external = (user['attributes'] as Json[]).find((one) => one['name'] === 'externalId');
    assert.equal(external?.['mutability'], 'immutable');
    assert.equal((await call('GET', '/ResourceTypes/Group')).json['endpoint'], '/Groups');
    assert.deepEqual((await call('GET', '/ServiceProviderConfig')).json['bulk'], {
      supported: false,
      maxOperations: 1,
      maxPayloadSize: 1_048_576,
    });
  });
});
