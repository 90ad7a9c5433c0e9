import { clouds } from '../clouds.ts';
import type { CloudName } from '../clouds.ts';
import type { GraphObject } from '../state.ts';
import { graphScopes, openidScopes } from '../login/graphScopes.ts';
import { idFor } from './ids.ts';

/**
 * Microsoft Graph's own service principal, present in every tenant: the resource of consent to `openid profile
 * offline_access`. It lists the delegated scopes that the sign-in knows, by their real ids.
 */
export function microsoftGraphServicePrincipal(cloud: CloudName): GraphObject {
  return {
    id: idFor('servicePrincipal:Microsoft Graph'),
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: [],
    appDescription: null,
    appDisplayName: 'Microsoft Graph',
    appId: '00000003-0000-0000-c000-000000000000',
    applicationTemplateId: null,
    appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
    appRoleAssignmentRequired: false,
    description: null,
    disabledByMicrosoftStatus: null,
    displayName: 'Microsoft Graph',
    homepage: null,
    loginUrl: null,
    logoutUrl: null,
    notes: null,
    notificationEmailAddresses: [],
    preferredSingleSignOnMode: null,
    preferredTokenSigningKeyThumbprint: null,
    replyUrls: [],
    servicePrincipalNames: ['00000003-0000-0000-c000-000000000000', clouds[cloud].graph],
    servicePrincipalType: 'Application',
    signInAudience: 'AzureADMultipleOrgs',
    tags: [],
    tokenEncryptionKeyId: null,
    samlSingleSignOnSettings: null,
    addIns: [],
    appRoles: [],
    info: {},
    keyCredentials: [],
    oauth2PermissionScopes: [...openidScopes.values(), ...graphScopes.values()].map((scope) => ({
      id: scope.id,
      value: scope.value,
      type: scope.adminOnly ? 'Admin' : 'User',
      isEnabled: true,
      adminConsentDisplayName: scope.title,
      adminConsentDescription: scope.description,
      userConsentDisplayName: scope.title,
      userConsentDescription: scope.description,
    })),
    passwordCredentials: [],
    resourceSpecificApplicationPermissions: [],
    verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
  };
}
