import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { loadPackage } from './packages/load.ts';
import { list, startSandbox, text } from './sandbox.ts';
import type { Json, Sandbox } from './sandbox.ts';

const nonGallery = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';

interface ScimResource {
  readonly id?: string;
  readonly filter?: { match(resources: readonly Json[]): Json[] };
}
interface ResourceType {
  extend(schema: unknown): ResourceType;
  ingress(handler: (resource: ScimResource, data: Json) => Json): ResourceType;
  egress(handler: (resource: ScimResource) => Json | Json[]): ResourceType;
  degress(handler: (resource: ScimResource) => void): ResourceType;
}
/** The parts of these packages that are used here. */
interface Scimmy {
  default: {
    Resources: { declare(type: unknown): ResourceType; User: unknown; Group: unknown };
    Schemas: { EnterpriseUser: unknown };
    Types: { Error: new (status: number, type: string | null, message: string) => Error };
  };
}
interface Routers {
  default: new (options: { type: 'bearer'; handler: (request: ExpressRequest) => string }) => unknown;
}
interface ExpressRequest {
  readonly method: string;
  readonly originalUrl: string;
  header(name: string): string | undefined;
}
interface Express {
  default: () => RequestListener & { use(...handlers: unknown[]): void };
}

const token = 'token of another server';

/** A SCIM server made of `scimmy` and `scimmy-routers`, with nothing of ours but two maps. */
async function startScimmy() {
  const { Resources, Schemas, Types } = (await loadPackage<Scimmy>('scimmy')).default;
  const { default: Routers } = await loadPackage<Routers>('scimmy-routers');
  const { default: express } = await loadPackage<Express>('express');
  const users = new Map<string, Json>();
  const groups = new Map<string, Json>();
  const requests: string[] = [];
  for (const [type, kept] of [
    [Resources.User, users],
    [Resources.Group, groups],
  ] as const) {
    const known = (id: string): Json => {
      const found = kept.get(id);
      if (!found) throw new Types.Error(404, null, `There is no ${id}.`);
      return found;
    };
    let last = 0;
    const declared = Resources.declare(type);
    if (kept === users) declared.extend(Schemas.EnterpriseUser);
    declared
      .ingress((resource, data) => {
        const id = resource.id ?? `${kept === users ? 'u' : 'g'}-${++last}`;
        const stored = { ...JSON.parse(JSON.stringify(data)), id } as Json;
        kept.set(id, stored);
        return stored;
      })
      .egress((resource) => {
        if (resource.id !== undefined) return known(resource.id);
        const all = [...kept.values()];
        return resource.filter ? resource.filter.match(all) : all;
      })
      .degress((resource) => {
        known(resource.id ?? '');
        kept.delete(resource.id ?? '');
      });
  }
  const app = express();
  app.use((request: ExpressRequest, _answer: unknown, next: () => void) => {
    requests.push(`${request.method} ${decodeURIComponent(request.originalUrl)}`);
    next();
  });
  app.use(
    '/scim',
    new Routers({
      type: 'bearer',
      handler: (request) => {
        if (request.header('authorization') !== `Bearer ${token}`) throw new Error('Another token.');
        return 'entra';
      },
    }),
  );
  const server: Server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    users,
    groups,
    requests,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('the provisioning service against a SCIM server of other people (scimmy)', () => {
  let sandbox: Sandbox;
  let server: Awaited<ReturnType<typeof startScimmy>>;
  let principal: string;
  let base: string;
  let job: string;

  before(async () => {
    sandbox = await startSandbox();
    server = await startScimmy();
    const made = await ok('POST', `/applicationTemplates/${nonGallery}/instantiate`, {
      displayName: 'Elsewhere',
    });
    principal = text(made, 'servicePrincipal/id');
    base = `/servicePrincipals/${principal}/synchronization`;
    job = text(await ok('POST', `${base}/jobs`, { templateId: 'scim' }), 'id');
    const role = list(made, 'servicePrincipal/appRoles').find((one) => one['displayName'] === 'User');
    const found = await ok('GET', `/groups?$filter=displayName eq 'Kiro users'`);
    await ok('POST', `/servicePrincipals/${principal}/appRoleAssignedTo`, {
      principalId: text(found, 'value/0/id'),
      resourceId: principal,
      appRoleId: role?.['id'],
    });
  });
  after(async () => {
    await sandbox.stop();
    await server.close();
  });

  async function ok(method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await sandbox.graph(method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
  // Without the flag the service writes a boolean as a word, and this server takes the word "False" for true.
  const secrets = (value: string) => [
    { key: 'BaseAddress', value: `${server.address}?aadOptscim062020` },
    { key: 'SecretToken', value },
  ];
  /** Entra sends the manager as a bare id, which this server refuses: an administrator takes that mapping away. */
  async function withoutManager(): Promise<void> {
    const schema = await ok('GET', `${base}/jobs/${job}/schema`);
    for (const mapping of list(schema, 'synchronizationRules/0/objectMappings'))
      mapping['attributeMappings'] = list(mapping, 'attributeMappings').filter(
        (one) => !String(one['targetAttributeName']).endsWith(':manager'),
      );
    await ok('PUT', `${base}/jobs/${job}/schema`, schema);
  }
  const cycle = () => sandbox.control('POST', '/cycle', { servicePrincipalId: principal });
  const members = async (): Promise<Json[]> => {
    const found = await ok('GET', `/groups?$filter=displayName eq 'Kiro users'`);
    return list(await ok('GET', `/groups/${text(found, 'value/0/id')}/members`), 'value');
  };

  it('takes its credentials, and refuses another token', async () => {
    const credentials = (value: string) => ({ templateId: 'scim', credentials: secrets(value) });
    const wrong = await sandbox.graph('POST', `${base}/jobs/validateCredentials`, credentials('other'));
    assert.equal(wrong.status, 400);
    await ok('POST', `${base}/jobs/validateCredentials`, credentials(token));
    await ok('PUT', `${base}/secrets`, { value: [...secrets(token), { key: 'SyncAll', value: 'false' }] });
  });

  it('pushes the members of the assigned group, and the group with them', async () => {
    await withoutManager();
    await ok('POST', `${base}/jobs/${job}/start`);
    await cycle();
    const people = (await members()).filter((one) => one['@odata.type'] === '#microsoft.graph.user');
    const expected: string[] = [];
    for (const { id } of people) {
      const user = await ok('GET', `/users/${String(id)}?$select=userPrincipalName,accountEnabled`);
      expected.push(text(user, 'userPrincipalName'));
    }
    const pushed = [...server.users.values()];
    assert.deepEqual(pushed.map((one) => one['userName']).sort(), expected.sort());
    assert.ok(expected.length > 1);
    assert.ok(pushed.every((one) => one['active'] === true && text(one, 'name/familyName') !== ''));
    const [group] = server.groups.values();
    assert.equal(server.groups.size, 1);
    assert.equal(group?.['displayName'], 'Kiro users');
    assert.deepEqual(
      list(group, 'members')
        .map((one) => String(one['value']))
        .sort(),
      [...server.users.keys()].sort(),
    );
  });

  it('makes a group without members first, and adds them by PATCH', () => {
    const posted = server.requests.indexOf('POST /scim/Groups');
    assert.ok(posted > 0);
    assert.ok(server.requests.slice(posted).some((line) => line.startsWith('PATCH /scim/Groups/')));
    assert.ok(server.requests.some((line) => line.includes('excludedAttributes=members')));
  });

  it('switches off who is not assigned any more, by a real boolean, and deletes nobody', async () => {
    const before = server.users.size;
    const assigned = await ok('GET', `/servicePrincipals/${principal}/appRoleAssignedTo`);
    await ok('DELETE', `/servicePrincipals/${principal}/appRoleAssignedTo/${text(assigned, 'value/0/id')}`);
    await cycle();
    assert.equal(server.users.size, before);
    assert.ok([...server.users.values()].every((one) => one['active'] === false));
  });

  it('goes into quarantine when the server takes its token no more', async () => {
    await ok('PUT', `${base}/secrets`, { value: secrets('revoked') });
    await cycle();
    const status = (await ok('GET', `${base}/jobs/${job}`))['status'];
    assert.equal(text(status, 'code'), 'Quarantine');
    assert.equal(text(status, 'quarantine/reason'), 'EncounteredQuarantineException');
  });
});
