import { randomUUID } from 'node:crypto';
import {
  context,
  count,
  describeShapes,
  flag,
  guid,
  including,
  listOf,
  matching,
  moment,
  refused,
  text,
} from './shape.ts';
import type { Shape, ShapeRow } from './shape.ts';
import { instantiate, templateId } from './support.ts';
import type { Graph } from './support.ts';

type Made = Awaited<ReturnType<typeof instantiate>>;

const homePage =
  'https://account.activedirectory.windowsazure.com:444/applications/default.aspx?metadata=customappsso|ISV9.1|primary|z';
const userImpersonation = (name: string): Shape => ({
  id: guid,
  isEnabled: true,
  type: 'User',
  value: 'user_impersonation',
  adminConsentDisplayName: `Access ${name}`,
  adminConsentDescription: `Allow the application to access ${name} on behalf of the signed-in user.`,
  userConsentDisplayName: `Access ${name}`,
  userConsentDescription: `Allow the application to access ${name} on your behalf.`,
});
const appRoles: Shape = [
  {
    id: '18d14569-c3bd-439b-9a66-3a2aee01d14f',
    allowedMemberTypes: ['User'],
    displayName: 'User',
    description: 'User',
    isEnabled: true,
    origin: 'Application',
    value: null,
  },
  {
    id: 'b9632174-c057-4f7e-951b-be3adc52bfe6',
    allowedMemberTypes: ['User'],
    displayName: 'msiam_access',
    description: 'msiam_access',
    isEnabled: true,
    origin: 'Application',
    value: null,
  },
];

const application = (name: string): Shape => ({
  id: guid,
  appId: guid,
  applicationTemplateId: templateId,
  createdDateTime: moment,
  deletedDateTime: null,
  displayName: name,
  description: null,
  groupMembershipClaims: null,
  identifierUris: [],
  isFallbackPublicClient: false,
  signInAudience: 'AzureADMyOrg',
  tags: [],
  tokenEncryptionKeyId: null,
  optionalClaims: null,
  addIns: [],
  keyCredentials: [],
  passwordCredentials: [],
  requiredResourceAccess: [],
  info: {
    termsOfServiceUrl: null,
    supportUrl: null,
    privacyStatementUrl: null,
    marketingUrl: null,
    logoUrl: null,
  },
  publicClient: { redirectUris: [] },
  web: {
    redirectUris: [],
    logoutUrl: null,
    homePageUrl: homePage,
    implicitGrantSettings: { enableIdTokenIssuance: true, enableAccessTokenIssuance: false },
  },
  api: {
    acceptMappedClaims: null,
    knownClientApplications: [],
    preAuthorizedApplications: [],
    requestedAccessTokenVersion: null,
    oauth2PermissionScopes: [userImpersonation(name)],
  },
  appRoles,
});
const servicePrincipal = (name: string): Shape => ({
  id: guid,
  appId: guid,
  applicationTemplateId: templateId,
  accountEnabled: true,
  appDisplayName: name,
  displayName: name,
  appOwnerOrganizationId: guid,
  appRoleAssignmentRequired: true,
  servicePrincipalType: 'Application',
  servicePrincipalNames: [guid],
  preferredSingleSignOnMode: null,
  samlSingleSignOnSettings: null,
  replyUrls: [],
  loginUrl: null,
  logoutUrl: null,
  tags: [
    'WindowsAzureActiveDirectoryCustomSingleSignOnApplication',
    'WindowsAzureActiveDirectoryIntegratedApp',
  ],
  appRoles,
  oauth2PermissionScopes: [userImpersonation(name)],
  verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
  keyCredentials: [],
  passwordCredentials: [],
});
const newScope = (value: string): Record<string, unknown> => ({
  id: randomUUID(),
  isEnabled: true,
  type: 'User',
  value,
  adminConsentDisplayName: value,
  adminConsentDescription: value,
  userConsentDisplayName: value,
  userConsentDescription: value,
});
const patch =
  (body: (made: Made) => unknown) =>
  (made: Made): readonly [string, string, unknown] => ['PATCH', `/applications/${made.id}`, body(made)];

const creating: readonly ShapeRow<undefined>[] = [
  {
    does: 'POST instantiate makes an application and its service principal',
    source: 'applicationTemplate: instantiate; Application Proxy configuration with Microsoft Graph',
    request: () => ['POST', `/applicationTemplates/${templateId}/instantiate`, { displayName: 'Kiro' }],
    status: 201,
    shape: () => ({
      '@odata.context': context('microsoft.graph.applicationServicePrincipal'),
      application: application('Kiro'),
      servicePrincipal: servicePrincipal('Kiro'),
    }),
  },
  {
    does: 'GET the non-gallery template, whose name is Custom',
    source: 'Get applicationTemplate',
    request: () => ['GET', `/applicationTemplates/${templateId}`],
    status: 200,
    shape: () => ({
      '@odata.context': context('applicationTemplates/$entity'),
      id: templateId,
      displayName: 'Custom',
      supportedProvisioningTypes: including('sync'),
      supportedSingleSignOnModes: listOf(text),
    }),
  },
  {
    does: 'POST instantiate of another cloud’s template is not found',
    source: 'applicationTemplate: instantiate',
    request: () => [
      'POST',
      '/applicationTemplates/4602d0b4-76bb-404b-bca9-2652e1a39c6d/instantiate',
      { displayName: 'Kiro' },
    ],
    status: 404,
    shape: () => refused('Request_ResourceNotFound', matching(/^Resource '4602d0b4.*' does not exist/)),
  },
  {
    does: 'POST /applications makes a plain registration',
    source: 'Create application',
    request: () => ['POST', '/applications', { displayName: 'Registered' }],
    status: 201,
    shape: () => ({
      '@odata.context': context('applications/$entity'),
      id: guid,
      appId: guid,
      applicationTemplateId: null,
      displayName: 'Registered',
      identifierUris: [],
      api: { requestedAccessTokenVersion: null, oauth2PermissionScopes: [] },
      appRoles: [],
    }),
  },
  {
    does: 'POST /servicePrincipals of an unknown application is refused in the service’s words',
    source: 'Create servicePrincipal; msgraph-sdk-dotnet issue 3108',
    request: () => ['POST', '/servicePrincipals', { appId: '99999999-9999-4999-8999-999999999999' }],
    status: 400,
    shape: () =>
      refused(
        'Request_BadRequest',
        matching(/^The appId '99999999-.*' of the service principal does not reference a valid application/),
      ),
  },
];

const reading: readonly ShapeRow<Made>[] = [
  {
    does: 'GET by template and name finds what instantiate made',
    source: 'List applications',
    request: () => [
      'GET',
      `/applications?$filter=applicationTemplateId eq '${templateId}' and displayName eq 'Kiro-Entra'`,
    ],
    status: 200,
    shape: ({ id }) => ({ '@odata.context': context('applications'), value: [{ id }] }),
  },
  {
    does: 'GET /applications/{id}',
    source: 'Get application; CSDL application',
    request: ({ id }) => ['GET', `/applications/${id}`],
    status: 200,
    shape: () => ({
      '@odata.context': context('applications/$entity'),
      ...(application('Kiro-Entra') as Record<string, Shape>),
    }),
  },
  {
    does: 'GET /applications(appId=…)',
    source: 'Get application',
    request: ({ appId }) => ['GET', `/applications(appId='${appId}')?$select=id,appId`],
    status: 200,
    shape: ({ id, appId }) => ({ id, appId }),
  },
  {
    does: 'GET the service principal by appId',
    source: 'List servicePrincipals',
    request: ({ appId }) => ['GET', `/servicePrincipals?$filter=appId eq '${appId}'`],
    status: 200,
    shape: ({ sp, appId }) => ({
      '@odata.context': context('servicePrincipals'),
      value: [{ ...(servicePrincipal('Kiro-Entra') as Record<string, Shape>), id: sp, appId }],
    }),
  },
  {
    does: 'GET of what is not there',
    source: 'Microsoft Graph error responses',
    request: () => ['GET', '/applications/99999999-9999-4999-8999-999999999999'],
    status: 404,
    shape: () =>
      refused(
        'Request_ResourceNotFound',
        "Resource '99999999-9999-4999-8999-999999999999' does not exist or one of its queried reference-property objects are not present.",
      ),
  },
];

const changing: readonly ShapeRow<Made>[] = [
  {
    does: 'PATCH sets identifier URI, token version, scopes and redirect URIs in one request',
    source: 'Update application',
    request: patch(({ appId, scope }) => ({
      identifierUris: [`api://${appId}`],
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScopes: [
          scope,
          newScope('codewhisperer:completions'),
          newScope('codewhisperer:conversations'),
        ],
      },
      publicClient: { redirectUris: ['kiro://kiro.oauth/callback', 'http://localhost/oauth/callback'] },
    })),
    status: 204,
  },
  {
    does: 'PATCH that leaves an enabled scope out',
    source: 'go-azure-sdk odata errors; Update application',
    request: patch(() => ({ api: { oauth2PermissionScopes: [newScope('codewhisperer:completions')] } })),
    status: 400,
    shape: () =>
      refused(
        'CannotDeleteOrUpdateEnabledEntitlement',
        'Permission (scope or role) cannot be deleted or updated unless disabled first.',
      ),
  },
  {
    does: 'PATCH with a host that is not verified',
    source: 'Restrictions on identifier URIs of Microsoft Entra applications',
    request: patch(() => ({ identifierUris: ['https://fabrikam.com/kiro'] })),
    status: 400,
    shape: () =>
      refused(
        'HostNameNotOnVerifiedDomain',
        "Values of identifierUris property must use a verified domain of the organization or its subdomain: 'https://fabrikam.com/kiro'",
      ),
  },
  {
    does: 'PATCH against the tenant’s policy on identifier URIs',
    source: 'Restrictions on identifier URIs of Microsoft Entra applications',
    request: patch(() => ({ identifierUris: ['api://kiro'] })),
    status: 400,
    shape: () =>
      refused(
        'Request_BadRequest',
        matching(
          /^Failed to add identifier URI api:\/\/kiro\. All newly added URIs must contain a tenant verified domain, tenant ID, or app ID, as per the default tenant policy of your organization\. See https:\/\/aka\.ms\/identifier-uri-addition-error for more information on this error\.$/,
        ),
      ),
  },
  {
    does: 'PATCH of an unknown property',
    source: 'Microsoft Graph error responses',
    request: patch(() => ({ colour: 'red' })),
    status: 400,
    shape: () => refused('Request_BadRequest', matching(/colour/)),
  },
  {
    does: 'PATCH of an enabled role out of the list',
    source: 'go-azure-sdk odata errors',
    request: patch(() => ({ appRoles: [] })),
    status: 400,
    shape: () => refused('CannotDeleteOrUpdateEnabledEntitlement'),
  },
  {
    does: 'PATCH /servicePrincipals/{id} of appRoleAssignmentRequired',
    source: 'Update servicePrincipal',
    request: ({ sp }) => ['PATCH', `/servicePrincipals/${sp}`, { appRoleAssignmentRequired: false }],
    status: 204,
  },
  {
    does: 'DELETE /applications/{id}',
    source: 'Delete application',
    request: ({ id }) => ['DELETE', `/applications/${id}`],
    status: 204,
  },
];

/** An application as step 2 of the guide leaves it. */
async function configured(graph: Graph): Promise<Made> {
  const made = await instantiate(graph);
  await graph.call('PATCH', `/applications/${made.id}`, {
    identifierUris: [`api://${made.appId}`],
    api: {
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: [made.scope, newScope('codewhisperer:completions')],
    },
    publicClient: { redirectUris: ['kiro://kiro.oauth/callback', 'http://localhost/oauth/callback'] },
  });
  return made;
}

const changed: readonly ShapeRow<Made & { readonly other: string }>[] = [
  {
    does: 'GET after step 2',
    source: 'CSDL application, apiApplication, permissionScope, publicClientApplication',
    request: ({ id }) => ['GET', `/applications/${id}?$select=identifierUris,api,publicClient`],
    status: 200,
    shape: ({ appId }) => ({
      identifierUris: [`api://${appId}`],
      api: {
        requestedAccessTokenVersion: count,
        oauth2PermissionScopes: including({
          id: guid,
          value: 'codewhisperer:completions',
          type: 'User',
          isEnabled: flag,
          adminConsentDisplayName: text,
          adminConsentDescription: text,
          userConsentDisplayName: text,
          userConsentDescription: text,
        }),
      },
      publicClient: { redirectUris: ['kiro://kiro.oauth/callback', 'http://localhost/oauth/callback'] },
    }),
  },
  {
    does: 'the service principal mirrors identifier URI and scopes',
    source: 'CSDL servicePrincipal',
    request: ({ sp }) => [
      'GET',
      `/servicePrincipals/${sp}?$select=servicePrincipalNames,oauth2PermissionScopes`,
    ],
    status: 200,
    shape: ({ appId }) => ({
      servicePrincipalNames: [appId, `api://${appId}`],
      oauth2PermissionScopes: including({ value: 'codewhisperer:completions' }),
    }),
  },
  {
    does: 'PATCH can’t take another application’s identifier URI',
    source: 'pattern of Configure cross-tenant synchronization using Microsoft Graph',
    request: ({ appId, other }) => [
      'PATCH',
      `/applications/${other}`,
      { identifierUris: [`api://${appId}`] },
    ],
    status: 400,
    shape: () =>
      refused(
        'Request_MultipleObjectsWithSameKeyValue',
        'Another object with the same value for property identifierUris already exists.',
      ),
  },
];

describeShapes('documented shapes: making an application', creating, () => undefined);
describeShapes('documented shapes: reading an application', reading, instantiate);
describeShapes('documented shapes: changing an application', changing, instantiate);
describeShapes('documented shapes: a changed application', changed, async (graph) => ({
  ...(await configured(graph)),
  other: (await instantiate(graph, 'Other')).id,
}));
