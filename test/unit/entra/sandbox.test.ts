import assert from 'node:assert/strict';
import { parseCreatedApplication } from '../../../src/entra/applicationTemplates.ts';
import * as applications from '../../../src/entra/applications.ts';
import { appRoleAssignedTo } from '../../../src/entra/appRoleAssignments.ts';
import { readBatch, readOne, type GraphRead } from '../../../src/entra/batch.ts';
import { clouds } from '../../../src/entra/clouds.ts';
import { createGraphClient, type GraphClient } from '../../../src/entra/graphClient.ts';
import { groupById, groupMembers, groupsByNameStart } from '../../../src/entra/groups.ts';
import { createMeter } from '../../../src/entra/meter.ts';
import { organization } from '../../../src/entra/organization.ts';
import { permissionGrantsOf } from '../../../src/entra/permissionGrants.ts';
import { parseProvisionOnDemand } from '../../../src/entra/provisionOnDemand.ts';
import { provisioningLog } from '../../../src/entra/provisioningLogs.ts';
import { servicePrincipalByAppId, servicePrincipalById } from '../../../src/entra/servicePrincipals.ts';
import { createSignIn } from '../../../src/entra/signIn/signIn.ts';
import * as synchronization from '../../../src/entra/synchronization.ts';
import { formWith, submit } from '../sandbox-kiro/browser.ts';
import { startSandboxProcess, type SandboxLine } from './sandboxProcess.ts';

const template = clouds.global.nonGalleryTemplateId;

describe('Microsoft Graph as the sandbox speaks it', () => {
  let sandbox: Awaited<ReturnType<typeof startSandboxProcess>>;
  let line: SandboxLine;
  let client: GraphClient;
  const meter = createMeter();

  before(async () => {
    sandbox = await startSandboxProcess();
    line = sandbox.line;
    client = createGraphClient({ baseUrl: line.graph, accessToken: async () => line.accessToken, meter });
  });
  after(() => sandbox?.end());

  /** What a read says once it is replicated: the sandbox's clock runs on between one look and the next. */
  async function seen<T>(read: GraphRead<T>, there: (value: T) => boolean): Promise<T> {
    for (let tries = 0; tries < 20; tries += 1) {
      const value = await readOne(client, read);
      if (there(value)) return value;
      await fetch(`${line.control}/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advance: 5000 }),
      });
    }
    throw new assert.AssertionError({ message: `${read.path} never came.` });
  }

  it('reads an empty tenant', async () => {
    const [tenant, mine, byName, groups, none] = await readBatch(client, [
      organization(),
      applications.applicationsFromTemplate(template),
      applications.applicationsByNameStart('Kiro'),
      groupsByNameStart(''),
      applications.applicationById('00000000-0000-4000-8000-000000000000'),
    ]);
    assert.ok(tenant.ok && mine.ok && byName.ok && groups.ok && none.ok);
    assert.equal(tenant.value.id, line.tenantId);
    assert.ok(tenant.value.premium);
    assert.ok(tenant.value.verifiedDomains.includes(tenant.value.defaultDomain));
    assert.deepEqual([mine.value, byName.value, none.value], [[], [], undefined]);
    assert.ok(groups.value.some(({ dynamic }) => dynamic) && groups.value.some(({ dynamic }) => !dynamic));
    assert.ok(groups.value.some(({ securityEnabled }) => !securityEnabled));
    assert.equal(meter.requests, 1);
    const start = groups.value[0]!.displayName.slice(0, 3);
    const found = await readOne(client, groupsByNameStart(start));
    assert.ok(found.length > 0 && found.every(({ displayName }) => displayName.startsWith(start)));
    const members = await readOne(client, groupMembers(found[0]!.id));
    assert.ok(members.every(({ displayName }) => displayName !== ''));
    assert.equal((await readOne(client, groupById(found[0]!.id)))?.id, found[0]!.id);
  });

  it('makes an application, changes it, and reads all that hangs on it', async () => {
    const made = await client.send({
      method: 'POST',
      path: `/applicationTemplates/${template}/instantiate`,
      body: { displayName: "Kiro's & Entra" },
      scopes: ['Application.ReadWrite.All'],
    });
    assert.equal(made.status, 201);
    const { appId, applicationId, servicePrincipalId } = parseCreatedApplication(made.body);
    const application = await seen(applications.applicationById(applicationId), (one) => one !== undefined);
    assert.equal(application!.api.oauth2PermissionScopes[0]!.value, 'user_impersonation');
    const patched = await client.send({
      method: 'PATCH',
      path: `/applications/${applicationId}`,
      body: {
        identifierUris: [`api://${appId}`],
        api: {
          requestedAccessTokenVersion: 2,
          oauth2PermissionScopes: [
            ...application!.api.oauth2PermissionScopes,
            {
              id: '5a41c3f0-53d1-4a0e-9b8f-5d2c7a903f0c',
              value: 'codewhisperer:completions',
              type: 'User',
              isEnabled: true,
              adminConsentDisplayName: 'Completions',
              adminConsentDescription: 'Completions in Kiro.',
            },
          ],
        },
      },
      scopes: ['Application.ReadWrite.All'],
    });
    assert.equal(patched.status, 204);
    await seen(
      applications.applicationById(applicationId),
      (one) => one?.api.requestedAccessTokenVersion === 2,
    );
    await seen(applications.applicationByAppId(appId), (one) => one?.id === applicationId);
    await seen(applications.applicationsFromTemplate(template, "Kiro's & Entra"), (all) => all.length === 1);
    await seen(applications.applicationsByNameStart("Kiro's"), (all) => all.length === 1);
    await seen(applications.applicationsByName("Kiro's & Entra"), (all) => all.length === 1);
    await seen(servicePrincipalByAppId(appId), (one) => one?.id === servicePrincipalId);
    const principal = await seen(servicePrincipalById(servicePrincipalId), (one) => one !== undefined);
    const role = principal!.appRoles.find(({ displayName }) => displayName === 'User')!;

    const group = (await readOne(client, groupsByNameStart(''))).find(
      (one) => one.securityEnabled && !one.dynamic,
    )!;
    await client.send({
      method: 'POST',
      path: `/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo`,
      body: { principalId: group.id, resourceId: servicePrincipalId, appRoleId: role.id },
      scopes: ['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'],
    });
    const assigned = await seen(appRoleAssignedTo(servicePrincipalId), (all) => all.length === 1);
    assert.deepEqual([assigned[0]!.principalId, assigned[0]!.principalType], [group.id, 'Group']);
    await assert.rejects(
      client.send({
        method: 'POST',
        path: `/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo`,
        body: { principalId: group.id, resourceId: servicePrincipalId, appRoleId: role.id },
        scopes: ['AppRoleAssignment.ReadWrite.All'],
      }),
      { name: 'GraphError', reason: 'conflict' },
    );
    await client.send({
      method: 'POST',
      path: '/oauth2PermissionGrants',
      body: {
        clientId: servicePrincipalId,
        consentType: 'AllPrincipals',
        resourceId: servicePrincipalId,
        scope: 'codewhisperer:completions',
      },
      scopes: ['DelegatedPermissionGrant.ReadWrite.All'],
    });
    const grants = await seen(permissionGrantsOf(servicePrincipalId), (all) => all.length === 1);
    assert.equal(grants[0]!.scope, 'codewhisperer:completions');
    await provisioning(servicePrincipalId);
  });

  async function provisioning(principal: string): Promise<void> {
    const scopes = ['Synchronization.ReadWrite.All'];
    const root = `/servicePrincipals/${principal}/synchronization`;
    await seen(synchronization.synchronizationTemplates(principal), (all) =>
      all.some(({ id }) => id === 'scim'),
    );
    assert.ok(await readOne(client, synchronization.templateSchema(principal, 'scim')));
    assert.deepEqual(await readOne(client, synchronization.synchronizationJobs(principal)), []);
    await client.send({ method: 'POST', path: `${root}/jobs`, body: { templateId: 'scim' }, scopes });
    const jobs = await seen(synchronization.synchronizationJobs(principal), (all) => all.length === 1);
    const job = synchronization.provisioningJob(jobs)!;
    assert.equal(job.templateId, 'scim');
    await client.send({
      method: 'PUT',
      path: `${root}/secrets`,
      body: {
        value: [
          { key: 'BaseAddress', value: line.scim },
          { key: 'SecretToken', value: 'not-a-token' },
        ],
      },
      scopes,
    });
    const secrets = await seen(synchronization.synchronizationSecrets(principal), (all) => all.length > 0);
    assert.equal(secrets.find(({ key }) => key === 'SecretToken')!.value, '*');

    const schemaRead = synchronization.synchronizationSchema(principal, job.id);
    const before = await seen(schemaRead, (one) => one !== undefined);
    const raw = await client.send({ method: 'GET', path: `${root}/jobs/${job.id}/schema`, scopes });
    assert.deepEqual(before, raw.body, 'a schema must go back as it came');
    await client.send({ method: 'PUT', path: `${root}/jobs/${job.id}/schema`, body: before, scopes });

    const user = before!.synchronizationRules[0]!;
    const demand = await client.send({
      method: 'POST',
      path: `${root}/jobs/${job.id}/provisionOnDemand`,
      body: {
        parameters: [{ ruleId: user.id, subjects: [{ objectId: await anybody(), objectTypeName: 'User' }] }],
      },
      scopes,
    });
    const outcome = parseProvisionOnDemand(demand.body);
    assert.notEqual(outcome.result, 'success');
    assert.ok(outcome.errorCode ?? outcome.message);
    const log = await seen(provisioningLog(job.id, 20), (rows) => rows.length > 0);
    assert.ok(log.every(({ at, subject }) => at > 0 && subject !== ''));
  }

  async function anybody(): Promise<string> {
    const { body } = await client.send({
      method: 'GET',
      path: '/users?$top=1&$select=id',
      scopes: ['User.ReadBasic.All'],
    });
    return (body as { value: { id: string }[] }).value[0]!.id;
  }

  it('refuses who may not, in the words of the contract', async () => {
    const forged = createGraphClient({ baseUrl: line.graph, accessToken: async () => 'forged' });
    await assert.rejects(readOne(forged, organization()), { name: 'GraphError', reason: 'unauthorized' });
  });

  it('lets an admin sign in at the sandbox with the product’s own MSAL', async () => {
    let cache: string | undefined;
    const { userPrincipalName } = line.accounts[0]!;
    const signIn = createSignIn({
      cloud: clouds.global,
      tenant: line.tenantId,
      sandboxLogin: line.login,
      cache: {
        hold: async () => async () => undefined,
        load: async () => cache,
        save: async (value) => void (cache = value),
      },
      interaction: {
        kind: 'browser',
        open: async (url) => {
          assert.equal(new URL(url).hostname, 'sandbox.localhost');
          await person(url.replace('sandbox.localhost', '127.0.0.1'), userPrincipalName);
        },
      },
    });
    const scopes = ['Application.Read.All', 'Organization.Read.All'];
    const account = await signIn.signIn(scopes);
    assert.deepEqual([account.username, account.tenantId], [userPrincipalName, line.tenantId]);
    const own = createGraphClient({
      baseUrl: line.graph,
      accessToken: (needed, options) => signIn.accessToken(account, needed, options),
    });
    assert.equal((await readOne(own, organization())).id, line.tenantId);
    await assert.rejects(readOne(own, groupsByNameStart('')), { name: 'SignInError', reason: 'consent' });
    const groups = await readOne(own, groupsByNameStart(''), { interactive: true });
    assert.ok(groups.length > 0);
  });
});

/** A person at the browser who signs in, consents where asked, and comes back. */
async function person(page: string, userPrincipalName: string): Promise<void> {
  const html = await (await fetch(page)).text();
  let next = html.includes(`account-${userPrincipalName}`)
    ? await submit(page, formWith(html, `account-${userPrincipalName}`))
    : { html };
  if (next.html.includes('data-testid="accept"')) {
    next = await submit(page, formWith(next.html, 'data-testid="accept"'), { decision: 'accept' });
  }
  const back = formWith(next.html, 'data-testid="continue"');
  await fetch(back.action.replace('localhost', '127.0.0.1'), { method: 'POST', body: back.fields });
}
