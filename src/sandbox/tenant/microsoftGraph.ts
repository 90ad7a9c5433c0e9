import type { GraphObject } from '../state.ts';
import { idFor } from './ids.ts';

const scopes = ['openid', 'profile', 'email', 'offline_access', 'User.Read'];

/**
 * Microsoft Graph's own service principal, present in every tenant: the resource of consent to `openid profile
 * offline_access`. Only the scopes that Kiro's sign-in asks for are listed.
 */
export function microsoftGraphServicePrincipal(): GraphObject {
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
    servicePrincipalNames: ['00000003-0000-0000-c000-000000000000', 'https://graph.microsoft.com'],
    servicePrincipalType: 'Application',
    signInAudience: 'AzureADMultipleOrgs',
    tags: [],
    tokenEncryptionKeyId: null,
    samlSingleSignOnSettings: null,
    addIns: [],
    appRoles: [],
    info: {},
    keyCredentials: [],
    oauth2PermissionScopes: scopes.map((value) => ({
      id: idFor(`scope:${value}`),
      value,
      type: 'User',
      isEnabled: true,
      adminConsentDisplayName: value,
      adminConsentDescription: value,
      userConsentDisplayName: value,
      userConsentDescription: value,
    })),
    passwordCredentials: [],
    resourceSpecificApplicationPermissions: [],
    verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
  };
}
