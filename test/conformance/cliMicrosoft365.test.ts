import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageFile } from './install.ts';
import { enterCode } from './person.ts';
import { list, startSandbox, text } from './sandbox.ts';
import type { Json, Sandbox } from './sandbox.ts';

const run = promisify(execFile);
const graphAppId = '00000003-0000-0000-c000-000000000000';
const scopes = 'Application.ReadWrite.All Group.Read.All User.Read.All Organization.Read.All';
const program = packageFile('@pnp/cli-microsoft365', 'dist', 'index.js');

describe('@pnp/cli-microsoft365 against the sandbox', () => {
  let sandbox: Sandbox;
  let home: string;
  let appId: string;

  before(async () => {
    sandbox = await startSandbox();
    appId = await register();
    home = await mkdtemp(join(tmpdir(), 'conformance-'));
    const config = join(home, '.config', 'configstore');
    await mkdir(config, { recursive: true });
    await writeFile(join(config, 'cli-m365-config.json'), '{ "disableTelemetry": true }');
  });
  after(async () => {
    await sandbox.stop();
    await rm(home, { recursive: true, force: true });
  });

  /** Makes the application that the program acts as, with consent for everyone, as its own set-up does. */
  async function register(): Promise<string> {
    const post = async (path: string, body: Json) => {
      const answer = await sandbox.graph('POST', path, body);
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body;
    };
    const application = await post('/applications', {
      displayName: 'CLI for Microsoft 365',
      isFallbackPublicClient: true,
      publicClient: { redirectUris: ['http://localhost'] },
    });
    const client = await post('/servicePrincipals', { appId: application['appId'] });
    const graph = await sandbox.graph('GET', `/servicePrincipals(appId='${graphAppId}')`);
    await post('/oauth2PermissionGrants', {
      clientId: client['id'],
      consentType: 'AllPrincipals',
      resourceId: graph.body['id'],
      scope: scopes,
    });
    return text(application, 'appId');
  }

  /** Its environment: a home of its own, and Microsoft's two addresses led to the sandbox. */
  function environment(): NodeJS.ProcessEnv {
    const { graph, login, caFile } = sandbox.line;
    return {
      ...process.env,
      HOME: home,
      USERPROFILE: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      NO_UPDATE_NOTIFIER: '1',
      NODE_EXTRA_CA_CERTS: caFile,
      NODE_OPTIONS: `--require ${JSON.stringify(join(import.meta.dirname, 'redirect.cjs'))}`,
      CONFORMANCE_ROUTES: JSON.stringify({
        'graph.microsoft.com:443': new URL(graph).port,
        'login.microsoftonline.com:443': new URL(login).port,
      }),
    };
  }

  /** Runs one command; a failure rejects with what it said. */
  const m365 = (...args: readonly string[]) =>
    run(process.execPath, [program, ...args, '--output', 'json'], { env: environment() });
  const json = async (...args: readonly string[]) => JSON.parse((await m365(...args)).stdout) as Json;
  const rows = async (...args: readonly string[]) => list({ value: await json(...args) }, 'value');

  it('signs in by a device code', async () => {
    const { tenantId } = sandbox.line;
    const login = m365('login', '--authType', 'deviceCode', '--appId', appId, '--tenant', tenantId);
    let said = '';
    const code = new Promise<string>((resolve) => {
      const look = (part: string) => {
        said += part;
        const found = /enter the code (\w+) to authenticate/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      };
      login.child.stdout?.on('data', look);
      login.child.stderr?.on('data', look);
    });
    const userCode = await Promise.race([
      code,
      login.then(() => Promise.reject(new Error(`No code was shown: ${said}`))),
    ]);
    await enterCode(`${sandbox.line.login}/common/oauth2/deviceauth`, userCode, 'ada@contoso.com');
    await login;
    const status = await json('status');
    assert.equal(status['connectedAs'], 'ada@contoso.com');
  });

  it('registers a public client with a scope of its own, and finds it in the list', async () => {
    const made = await json(
      ...['entra', 'app', 'add', '--name', 'Made by a CLI', '--platform', 'publicClient'],
      ...['--redirectUris', 'http://localhost/oauth/callback', '--uri', 'api://_appId_'],
      ...['--scopeName', 'codewhisperer:completions', '--scopeConsentBy', 'adminsAndUsers'],
      ...['--scopeAdminConsentDisplayName', 'Completions', '--scopeAdminConsentDescription', 'Completions'],
    );
    const id = text(made, 'objectId');
    const { body } = await sandbox.graph('GET', `/applications/${id}`);
    assert.deepEqual(body['identifierUris'], [`api://${text(made, 'appId')}`]);
    assert.deepEqual(list(body, 'publicClient/redirectUris'), ['http://localhost/oauth/callback']);
    assert.equal(text(body, 'api/oauth2PermissionScopes/0/value'), 'codewhisperer:completions');
    const listed = await rows('entra', 'app', 'list');
    assert.deepEqual(listed.map((app) => app['displayName']).sort(), [
      'CLI for Microsoft 365',
      'Made by a CLI',
    ]);
  });

  it('lists the groups and the people', async () => {
    const groups = await rows('entra', 'group', 'list');
    assert.ok(groups.some((group) => group['displayName'] === 'Kiro users'));
    const people = await rows('entra', 'user', 'list');
    const { body } = await sandbox.graph('GET', '/users?$top=999');
    assert.equal(people.length, list(body, 'value').length);
  });

  it('carries out any request, and fails as the service does', async () => {
    const organization = await json('request', '--url', 'https://graph.microsoft.com/v1.0/organization');
    assert.equal(text(organization, 'value/0/id'), sandbox.line.tenantId);
    await assert.rejects(
      m365('request', '--url', 'https://graph.microsoft.com/v1.0/users/nobody@contoso.com'),
      /status code 404/,
    );
  });
});
