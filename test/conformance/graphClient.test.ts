import assert from 'node:assert/strict';
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  GraphError,
  PageIterator,
} from '@microsoft/microsoft-graph-client';
import type { PageCollection } from '@microsoft/microsoft-graph-client';
import type { Application, Group, User } from '@microsoft/microsoft-graph-types';
import { startSandbox, text } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

const nonGallery = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';

describe('@microsoft/microsoft-graph-client against the sandbox', () => {
  let sandbox: Sandbox;
  let client: Client;

  before(async () => {
    sandbox = await startSandbox('--users', '250');
    const { origin, hostname } = new URL(sandbox.line.graph);
    client = Client.init({
      baseUrl: `${origin}/`,
      customHosts: new Set([hostname]),
      authProvider: (done) => done(null, sandbox.line.accessToken),
    });
  });
  after(() => sandbox.stop());

  async function create(displayName: string): Promise<Application> {
    const made = (await client
      .api(`/applicationTemplates/${nonGallery}/instantiate`)
      .post({ displayName })) as { application: Application };
    return made.application;
  }

  it('creates an application from the template, changes it and removes it', async () => {
    const { id, appId } = await create('Kiro-Entra');
    const path = `/applications/${String(id)}`;
    await client.api(path).patch({
      identifierUris: [`api://${String(appId)}`],
      publicClient: { redirectUris: ['kiro://kiro.oauth/callback', 'http://localhost/oauth/callback'] },
    });
    const read = (await client
      .api(path)
      .select(['id', 'identifierUris', 'publicClient'])
      .get()) as Application;
    assert.deepEqual(read.identifierUris, [`api://${String(appId)}`]);
    assert.equal(read.publicClient?.redirectUris?.length, 2);
    assert.equal(read.displayName, undefined);
    await client.api(path).delete();
    await assert.rejects(client.api(path).get(), (error: unknown) => {
      assert.ok(error instanceof GraphError);
      assert.equal(error.statusCode, 404);
      assert.equal(error.code, 'Request_ResourceNotFound');
      assert.ok(error.requestId);
      return true;
    });
  });

  it('iterates over every page of the people, each once', async () => {
    const first = (await client.api('/users').top(100).select('id').get()) as PageCollection;
    const seen: string[] = [];
    const iterator = new PageIterator(client, first, (user: User) => {
      seen.push(String(user.id));
      return true;
    });
    await iterator.iterate();
    assert.ok(iterator.isComplete());
    assert.ok(seen.length >= 250, String(seen.length));
    assert.equal(new Set(seen).size, seen.length);
    const count = (await client
      .api('/users/$count')
      .header('ConsistencyLevel', 'eventual')
      .responseType('text' as never)
      .get()) as string;
    assert.equal(Number(count), seen.length);
  });

  it('searches as an advanced query and refuses it without its header', async () => {
    const query = () => client.api('/groups').search('"displayName:kiro"').count(true).select('displayName');
    const found = (await query().header('ConsistencyLevel', 'eventual').get()) as { value: Group[] };
    assert.ok(found.value.some((group) => group.displayName === 'Kiro users'));
    await assert.rejects(query().get(), (error: unknown) => {
      assert.ok(error instanceof GraphError);
      assert.equal(error.statusCode, 400);
      return true;
    });
  });

  it('sends a batch in which one request waits for another, and tells each answer apart', async () => {
    const { graph, accessToken } = sandbox.line;
    const { id } = await create('In a batch');
    // The client cuts the origin off and sends the rest, in which a version has no place.
    const request = (method: string, path: string, body?: unknown) =>
      new Request(new URL(path, graph), {
        method,
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${accessToken}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const missing = '/applications/00000000-0000-4000-8000-000000000000';
    const content = new BatchRequestContent([
      { id: '1', request: request('PATCH', `/applications/${String(id)}`, { notes: 'in a batch' }) },
      { id: '2', request: request('GET', `/applications/${String(id)}`), dependsOn: ['1'] },
      { id: '3', request: request('PATCH', missing, { notes: 'nowhere' }), dependsOn: ['2'] },
      { id: '4', request: request('GET', `/applications/${String(id)}`), dependsOn: ['3'] },
    ]);
    const payload: unknown = await client.api('/$batch').post(await content.getContent());
    const answer = new BatchResponseContent(payload as ConstructorParameters<typeof BatchResponseContent>[0]);
    const part = (n: number) => answer.getResponseById(String(n));
    assert.deepEqual(
      [1, 2, 3, 4].map((n) => part(n).status),
      [204, 200, 404, 424],
    );
    assert.equal(text(await part(2).json(), 'notes'), 'in a batch');
    assert.equal(text(await part(3).json(), 'error/code'), 'Request_ResourceNotFound');
  });

  it('waits as long as Retry-After says and tries again', async () => {
    await sandbox.control('DELETE', '/requests');
    await sandbox.control('POST', '/faults', {
      server: 'graph',
      path: '/organization',
      status: 429,
      code: 'TooManyRequests',
      headers: { 'Retry-After': '1' },
    });
    const started = performance.now();
    const answer = (await client.api('/organization').get()) as { value: unknown[] };
    assert.equal(answer.value.length, 1);
    assert.ok(performance.now() - started >= 1000);
  });
});
