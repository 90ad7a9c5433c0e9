import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { send, startSandbox, text } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');

/** The operations that README.md lists as not emulated: `METHOD /path` in its last part. */
const listed = [...readme.slice(readme.indexOf('## Not emulated')).matchAll(/`([A-Z]+) (\/[^`]*)`/g)].map(
  ([, method = '', path = '']) => ({ method, path }),
);

describe('what the sandbox does not emulate', () => {
  let sandbox: Sandbox;
  let names: Readonly<Record<string, string>>;

  before(async () => {
    sandbox = await startSandbox();
    const first = async (path: string) => text((await sandbox.graph('GET', path)).body, 'value/0/id');
    const application = await sandbox.graph('POST', '/applications', { displayName: 'Somebody’s' });
    names = {
      application: text(application.body, 'id'),
      group: await first('/groups?$top=1'),
      servicePrincipal: await first('/servicePrincipals?$top=1'),
      tenant: sandbox.line.tenantId,
      user: await first('/users?$top=1'),
    };
  });
  after(() => sandbox.stop());

  it('is listed', () => {
    assert.ok(listed.length > 30, String(listed.length));
  });

  for (const { method, path } of listed)
    it(`${method} ${path} answers 501 with a sentence`, async () => {
      const real = path.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? 'none');
      const { login, tenantId, accessToken } = sandbox.line;
      const ofLogin = path.startsWith('/{tenant}/');
      const body = method === 'POST' || method === 'PATCH' || method === 'PUT' ? {} : undefined;
      const { status, body: answer } = await send(
        ofLogin ? login + real.replace('{tenant}', tenantId) : sandbox.line.graph + real,
        method,
        body,
        { authorization: `Bearer ${accessToken}` },
      );
      const sentence = ofLogin ? text(answer, 'error_description') : text(answer, 'error/message');
      assert.equal(status, 501, sentence);
      assert.match(sentence, /emulate .+\.$/);
    });

  it('leaves what it says no to as it was', async () => {
    const path = `/groups/${names['group'] ?? ''}`;
    const before = await sandbox.graph('GET', path);
    assert.equal((await sandbox.graph('PATCH', path, { displayName: 'Changed' })).status, 501);
    assert.equal((await sandbox.graph('DELETE', path)).status, 501);
    assert.deepEqual((await sandbox.graph('GET', path)).body, before.body);
  });
});
