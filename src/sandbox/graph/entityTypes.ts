import type * as graph from '@microsoft/microsoft-graph-types';

/** An entity type of Graph's schema, as far as queries need to know it. */
export interface EntityType {
  /** For example `microsoft.graph.user`. */
  readonly name: string;
  /** Every property that can be selected and filtered by. */
  readonly properties: ReadonlySet<string>;
}

/** `later` are properties that came into the schema after the types were published. */
function entityType(name: string, properties: readonly string[], later: readonly string[] = []): EntityType {
  return { name: `microsoft.graph.${name}`, properties: new Set(['id', ...properties, ...later]) };
}

/** What a user has, mailbox and Microsoft 365 profile apart. */
// prettier-ignore
const user = entityType('user', [
  'deletedDateTime', 'accountEnabled', 'ageGroup', 'assignedLicenses', 'assignedPlans', 'businessPhones',
  'city', 'companyName', 'consentProvidedForMinor', 'country', 'createdDateTime', 'creationType',
  'department', 'displayName', 'employeeHireDate', 'employeeId', 'employeeOrgData', 'employeeType',
  'externalUserState', 'externalUserStateChangeDateTime', 'faxNumber', 'givenName', 'identities',
  'imAddresses', 'isResourceAccount', 'jobTitle', 'legalAgeGroupClassification', 'mail', 'mailNickname',
  'mobilePhone', 'officeLocation', 'onPremisesDistinguishedName', 'onPremisesDomainName',
  'onPremisesExtensionAttributes', 'onPremisesImmutableId', 'onPremisesLastSyncDateTime',
  'onPremisesProvisioningErrors', 'onPremisesSamAccountName', 'onPremisesSecurityIdentifier',
  'onPremisesSyncEnabled', 'onPremisesUserPrincipalName', 'otherMails', 'passwordPolicies',
  'passwordProfile', 'postalCode', 'preferredDataLocation', 'preferredLanguage', 'provisionedPlans',
  'proxyAddresses', 'serviceProvisioningErrors', 'showInAddressList', 'state', 'streetAddress', 'surname',
  'usageLocation', 'userPrincipalName', 'userType',
] satisfies (keyof graph.User)[]);

/** What a group has, mailbox and team apart. */
// prettier-ignore
const group = entityType('group', [
  'deletedDateTime', 'assignedLabels', 'assignedLicenses', 'classification', 'createdDateTime',
  'description', 'displayName', 'expirationDateTime', 'groupTypes', 'isAssignableToRole',
  'licenseProcessingState', 'mail', 'mailEnabled', 'mailNickname', 'membershipRule',
  'membershipRuleProcessingState', 'onPremisesDomainName', 'onPremisesLastSyncDateTime',
  'onPremisesNetBiosName', 'onPremisesProvisioningErrors', 'onPremisesSamAccountName',
  'onPremisesSecurityIdentifier', 'onPremisesSyncEnabled', 'preferredDataLocation', 'preferredLanguage',
  'proxyAddresses', 'renewedDateTime', 'securityEnabled', 'serviceProvisioningErrors', 'theme',
  'uniqueName', 'visibility',
] satisfies (keyof graph.Group)[]);

// prettier-ignore
const directoryRole = entityType('directoryRole', [
  'deletedDateTime', 'description', 'displayName', 'roleTemplateId',
] satisfies (keyof graph.DirectoryRole)[]);

// prettier-ignore
const application = entityType('application', [
  'deletedDateTime', 'addIns', 'api', 'appId', 'applicationTemplateId', 'appRoles', 'certification',
  'createdDateTime', 'defaultRedirectUri', 'description', 'displayName', 'disabledByMicrosoftStatus',
  'groupMembershipClaims', 'identifierUris', 'info', 'isDeviceOnlyAuthSupported',
  'isFallbackPublicClient', 'keyCredentials', 'nativeAuthenticationApisEnabled', 'notes',
  'optionalClaims', 'parentalControlSettings', 'passwordCredentials', 'publicClient', 'publisherDomain',
  'requestSignatureVerification', 'requiredResourceAccess', 'samlMetadataUrl',
  'serviceManagementReference', 'servicePrincipalLockConfiguration', 'signInAudience', 'spa', 'tags',
  'tokenEncryptionKeyId', 'uniqueName', 'verifiedPublisher', 'web',
] satisfies (keyof graph.Application)[], ['createdByAppId', 'isDisabled']);

// prettier-ignore
const servicePrincipal = entityType('servicePrincipal', [
  'deletedDateTime', 'accountEnabled', 'addIns', 'alternativeNames', 'appDescription', 'appDisplayName',
  'appId', 'applicationTemplateId', 'appOwnerOrganizationId', 'appRoleAssignmentRequired', 'appRoles',
  'description', 'disabledByMicrosoftStatus', 'displayName', 'homepage', 'info', 'keyCredentials',
  'loginUrl', 'logoutUrl', 'notes', 'notificationEmailAddresses', 'oauth2PermissionScopes',
  'passwordCredentials', 'preferredSingleSignOnMode', 'preferredTokenSigningKeyThumbprint', 'replyUrls',
  'resourceSpecificApplicationPermissions', 'samlSingleSignOnSettings', 'servicePrincipalNames',
  'servicePrincipalType', 'signInAudience', 'tags', 'tokenEncryptionKeyId', 'verifiedPublisher',
] satisfies (keyof graph.ServicePrincipal)[]);

// prettier-ignore
const appRoleAssignment = entityType('appRoleAssignment', [
  'deletedDateTime', 'appRoleId', 'createdDateTime', 'principalDisplayName', 'principalId',
  'principalType', 'resourceDisplayName', 'resourceId',
] satisfies (keyof graph.AppRoleAssignment)[]);

// prettier-ignore
const oAuth2PermissionGrant = entityType('oAuth2PermissionGrant', [
  'clientId', 'consentType', 'principalId', 'resourceId', 'scope',
] satisfies (keyof graph.OAuth2PermissionGrant)[]);

// prettier-ignore
const unifiedRoleDefinition = entityType('unifiedRoleDefinition', [
  'description', 'displayName', 'isBuiltIn', 'isEnabled', 'resourceScopes', 'rolePermissions', 'templateId',
  'version',
] satisfies (keyof graph.UnifiedRoleDefinition)[]);

/** Users, groups and roles in one list. */
const directoryObject: EntityType = {
  name: 'microsoft.graph.directoryObject',
  properties: new Set([...user.properties, ...group.properties, ...directoryRole.properties]),
};

/** The types that the directory's collections hold. */
export const entityTypes = {
  user,
  group,
  directoryRole,
  directoryObject,
  application,
  servicePrincipal,
  appRoleAssignment,
  oAuth2PermissionGrant,
  unifiedRoleDefinition,
};
