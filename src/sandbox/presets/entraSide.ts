import { randomUUID } from 'node:crypto';
import { applicationFromTemplate } from '../graph/applications/fromTemplate.ts';
import { newApplication } from '../graph/applications/newApplication.ts';
import { mirrored, newServicePrincipal } from '../graph/applications/servicePrincipalOf.ts';
import { updated } from '../graph/applications/update.ts';
import { isJson } from '../graph/requestBody.ts';
import type { Json } from '../graph/requestBody.ts';
import { attributeSource } from '../graph/synchronization/mappings.ts';
import { createJob, synchronizationOf } from '../graph/synchronization/jobs.ts';
import type { Provisioning } from '../provisioning/types.ts';
import type { GraphObject, Job, SandboxState } from '../state.ts';
import { linkId } from '../tenant/ids.ts';

/** The objects of one application in Entra. */
export interface Registered {
  application: GraphObject;
  readonly servicePrincipal: GraphObject;
}

export const applicationName = 'Kiro-Entra';

/** Makes the application, from the non-gallery template or, as the mistake goes, under App registrations. */
export function register(state: SandboxState, way: 'template' | 'appRegistration'): Registered {
  const now = state.clock.now();
  const application =
    way === 'template'
      ? applicationFromTemplate(applicationName, { now, cloud: state.tenant.cloud })
      : newApplication({ displayName: applicationName, now });
  const servicePrincipal = newServicePrincipal(application, state.tenant);
  state.tenant.applications.set(application.id, application);
  state.tenant.servicePrincipals.set(servicePrincipal.id, servicePrincipal);
  return { application, servicePrincipal };
}

/** Changes the application by the rules of PATCH. */
export function change(state: SandboxState, registered: Registered, patch: Json): void {
  registered.application = updated(registered.application, patch, state.tenant);
  state.tenant.applications.set(registered.application.id, registered.application);
  Object.assign(registered.servicePrincipal, mirrored(registered.application));
}

/** Sets the ID URI to the one that the portal proposes. */
export function setIdUri(state: SandboxState, registered: Registered): void {
  change(state, registered, { identifierUris: [`api://${String(registered.application['appId'])}`] });
}

/** Adds scopes as the guide has one type them in the portal. */
export function addScopes(state: SandboxState, registered: Registered, values: readonly string[]): void {
  const api = registered.application['api'];
  const before = isJson(api) ? list(api['oauth2PermissionScopes']) : [];
  const fresh = values.map((value) => ({
    id: randomUUID(),
    value,
    type: 'User',
    isEnabled: true,
    adminConsentDisplayName: value,
    adminConsentDescription: value,
    userConsentDisplayName: null,
    userConsentDescription: null,
  }));
  change(state, registered, { api: { oauth2PermissionScopes: [...before, ...fresh] } });
}

/** Registers both redirect URIs under mobile and desktop applications. */
export function addRedirectUris(state: SandboxState, registered: Registered): void {
  change(state, registered, {
    publicClient: { redirectUris: ['kiro://kiro.oauth/callback', 'http://localhost/oauth/callback'] },
  });
}

/** Gives tenant-wide consent to both scopes and to signing in. */
export function consent(state: SandboxState, registered: Registered): void {
  const clientId = registered.servicePrincipal.id;
  const graph = [...state.tenant.servicePrincipals.values()].find(
    (one) => one['appDisplayName'] === 'Microsoft Graph',
  );
  const give = (resourceId: string, scope: string): void => {
    const id = linkId();
    const grant = {
      id,
      clientId,
      consentType: 'AllPrincipals',
      principalId: null,
      resourceId,
      scope,
    } as const;
    state.tenant.grants.set(id, grant);
  };
  give(clientId, 'codewhisperer:completions codewhisperer:conversations');
  if (graph) give(graph.id, 'openid profile offline_access');
}

/** Assigns a group or a person with the role "User". */
export function assign(state: SandboxState, registered: Registered, principalId: string): void {
  const { servicePrincipal: resource } = registered;
  const group = state.tenant.groups.get(principalId);
  const user = state.tenant.users.get(principalId);
  const id = linkId();
  state.tenant.appRoleAssignments.set(id, {
    id,
    appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f',
    principalId,
    principalType: group ? 'Group' : 'User',
    principalDisplayName: group?.displayName ?? user?.displayName ?? '',
    resourceId: resource.id,
    resourceDisplayName: String(resource['displayName']),
    createdDateTime: new Date(state.clock.now()).toISOString(),
  });
}

/** Saves endpoint and token as provisioning credentials, in place of those before. */
export function saveCredentials(
  { state }: { readonly state: SandboxState },
  registered: Registered,
  credentials: { readonly endpoint: string; readonly token: string },
): void {
  synchronizationOf(registered.servicePrincipal.id, state).secrets = [
    { key: 'BaseAddress', value: credentials.endpoint },
    { key: 'SecretToken', value: credentials.token },
    { key: 'SyncAll', value: 'false' },
    {
      key: 'SyncNotificationSettings',
      value: '{"Enabled":false,"DeleteThresholdEnabled":false,"HumanResourcesLookaheadQueryEnabled":false}',
    },
  ];
}

/** Makes the paused job with the template's own mappings. */
export function makeJob(
  deps: { readonly state: SandboxState; readonly provisioning: Provisioning },
  { servicePrincipal }: Registered,
): Job {
  const { state, provisioning } = deps;
  return createJob({ templateId: 'scim' }, { servicePrincipal, state, status: provisioning.newStatus() });
}

const unsupported = /^(phoneNumbers\[|urn:ietf:params:scim:schemas:extension:enterprise:)/;

/** Removes the six mappings that Kiro doesn't support and, where told, takes `externalId` from another attribute. */
export function correctMappings(job: Job, options: { readonly externalIdFrom: string }): void {
  const rules = list(job.schema['synchronizationRules']);
  for (const mapping of rules.flatMap((rule) => list(rule['objectMappings']))) {
    if (mapping['sourceObjectName'] !== 'User') continue;
    const kept = list(mapping['attributeMappings']).filter((one) => !unsupported.test(targetOf(one)));
    for (const one of kept)
      if (targetOf(one) === 'externalId') one['source'] = attributeSource(options.externalIdFrom);
    mapping['attributeMappings'] = kept;
  }
}

function targetOf(mapping: Json): string {
  return String(mapping['targetAttributeName']);
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}
