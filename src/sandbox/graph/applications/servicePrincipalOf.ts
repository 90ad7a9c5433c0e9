import { randomUUID } from 'node:crypto';
import type { GraphObject, Tenant } from '../../state.ts';
import { isJson } from '../requestBody.ts';

/** A new service principal of an application of this tenant. */
export function newServicePrincipal(application: GraphObject, tenant: Tenant): GraphObject {
  const fromTemplate = application['applicationTemplateId'] !== null;
  return {
    id: randomUUID(),
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: [],
    appDescription: null,
    appId: application['appId'],
    applicationTemplateId: application['applicationTemplateId'],
    appOwnerOrganizationId: tenant.id,
    appRoleAssignmentRequired: fromTemplate,
    description: null,
    disabledByMicrosoftStatus: null,
    loginUrl: null,
    notes: null,
    notificationEmailAddresses: [],
    preferredSingleSignOnMode: null,
    preferredTokenSigningKeyThumbprint: null,
    servicePrincipalType: 'Application',
    tags: fromTemplate
      ? [
          'WindowsAzureActiveDirectoryCustomSingleSignOnApplication',
          'WindowsAzureActiveDirectoryIntegratedApp',
        ]
      : [],
    tokenEncryptionKeyId: null,
    samlSingleSignOnSettings: null,
    addIns: [],
    keyCredentials: [],
    passwordCredentials: [],
    resourceSpecificApplicationPermissions: [],
    verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
    ...mirrored(application),
  };
}

/** What a service principal takes over from its application whenever that changes. */
export function mirrored(application: GraphObject): Record<string, unknown> {
  const part = (name: string): Record<string, unknown> => {
    const value = application[name];
    return isJson(value) ? value : {};
  };
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  return structuredClone({
    displayName: application['displayName'],
    appDisplayName: application['displayName'],
    homepage: part('web')['homePageUrl'] ?? null,
    logoutUrl: part('web')['logoutUrl'] ?? null,
    info: application['info'],
    signInAudience: application['signInAudience'],
    appRoles: application['appRoles'],
    oauth2PermissionScopes: part('api')['oauth2PermissionScopes'],
    replyUrls: ['web', 'spa', 'publicClient'].flatMap((name) => list(part(name)['redirectUris'])),
    servicePrincipalNames: [application['appId'], ...list(application['identifierUris'])],
  });
}

/** The tenant's service principal of an application, if it has one. */
export function servicePrincipalOf(application: GraphObject, tenant: Tenant): GraphObject | undefined {
  return [...tenant.servicePrincipals.values()].find((sp) => sp['appId'] === application['appId']);
}
