import { groupId, userId } from '../../../src/sandbox/tenant/entries.ts';
import { context, describeShapes, guid, including, matching, moment, refused } from './shape.ts';
import type { Shape, ShapeRow } from './shape.ts';
import { instantiate, text } from './support.ts';
import type { Graph } from './support.ts';

const userRole = '18d14569-c3bd-439b-9a66-3a2aee01d14f';
const absent = '99999999-9999-4999-8999-999999999999';
const linkId = matching(/^[\w-]{43}$/);

/** An application, a group that is assigned to it and consent for everybody. */
async function assigned(graph: Graph) {
  const { sp } = await instantiate(graph);
  const group = groupId('Kiro users');
  const assignment = await graph.call('POST', `/servicePrincipals/${sp}/appRoleAssignedTo`, {
    principalId: group,
    resourceId: sp,
    appRoleId: userRole,
  });
  const grant = await graph.call('POST', '/oauth2PermissionGrants', {
    clientId: sp,
    consentType: 'AllPrincipals',
    resourceId: sp,
    scope: 'user_impersonation',
  });
  return { sp, group, assignment: text(assignment.body, 'id'), grant: text(grant.body, 'id') };
}
type Made = Awaited<ReturnType<typeof assigned>>;

const assign =
  (principalId: string, appRoleId: string) =>
  ({ sp }: Made): readonly [string, string, unknown] => [
    'POST',
    `/servicePrincipals/${sp}/appRoleAssignedTo`,
    { principalId, resourceId: sp, appRoleId },
  ];
const assignmentOf = (made: Made): Record<string, Shape> => ({
  id: linkId,
  deletedDateTime: null,
  appRoleId: userRole,
  createdDateTime: moment,
  principalDisplayName: 'Kiro users',
  principalId: made.group,
  principalType: 'Group',
  resourceDisplayName: 'Kiro-Entra',
  resourceId: made.sp,
});
const grantOf = (made: Made): Record<string, Shape> => ({
  id: linkId,
  clientId: made.sp,
  consentType: 'AllPrincipals',
  principalId: null,
  resourceId: made.sp,
  scope: 'user_impersonation',
});

const assignments: readonly ShapeRow<Made>[] = [
  {
    does: 'POST appRoleAssignedTo of a person',
    source: 'Grant an appRoleAssignment for a service principal',
    request: assign(userId('grace'), userRole),
    status: 201,
    shape: ({ sp }) => ({
      '@odata.context': context(`servicePrincipals('${sp}')/appRoleAssignedTo/$entity`),
      id: linkId,
      deletedDateTime: null,
      appRoleId: userRole,
      createdDateTime: moment,
      principalDisplayName: 'Grace Hopper',
      principalId: userId('grace'),
      principalType: 'User',
      resourceDisplayName: 'Kiro-Entra',
      resourceId: sp,
    }),
  },
  {
    does: 'POST appRoleAssignedTo a second time',
    source: 'many captures of the message; terraform-provider-azuread app_role_assignment_resource',
    request: assign(groupId('Kiro users'), userRole),
    status: 400,
    shape: () =>
      refused('Request_BadRequest', matching(/^Permission being assigned already exists on the object/)),
  },
  {
    does: 'POST appRoleAssignedTo of a principal that is not there',
    source: 'Microsoft Graph error responses',
    request: assign(absent, userRole),
    status: 404,
    shape: () =>
      refused('Request_ResourceNotFound', matching(new RegExp(`^Resource '${absent}' does not exist`))),
  },
  {
    does: 'POST appRoleAssignedTo with a role that the application lacks',
    source: 'captures of the message (unconfirmed)',
    request: assign(userId('grace'), '00000000-0000-0000-0000-000000000000'),
    status: 400,
    shape: () =>
      refused(
        'Request_BadRequest',
        matching(/^Permission being assigned was not found on application '[\da-f-]+'/),
      ),
  },
  {
    does: 'GET appRoleAssignedTo',
    source: 'List appRoleAssignments granted for a service principal; CSDL appRoleAssignment',
    request: ({ sp }) => ['GET', `/servicePrincipals/${sp}/appRoleAssignedTo`],
    status: 200,
    shape: (made) => ({
      '@odata.context': context(`servicePrincipals('${made.sp}')/appRoleAssignedTo`),
      value: [assignmentOf(made)],
    }),
  },
  {
    does: 'DELETE appRoleAssignedTo',
    source: 'Delete an appRoleAssignment granted for a service principal',
    request: ({ sp, assignment }) => ['DELETE', `/servicePrincipals/${sp}/appRoleAssignedTo/${assignment}`],
    status: 204,
  },
];

const grants: readonly ShapeRow<Made>[] = [
  {
    does: 'POST oauth2PermissionGrants for the second resource, Microsoft Graph',
    source: 'Create oAuth2PermissionGrant',
    request: ({ sp }) => [
      'POST',
      '/oauth2PermissionGrants',
      {
        clientId: sp,
        consentType: 'Principal',
        principalId: userId('grace'),
        resourceId: sp,
        scope: 'user_impersonation',
      },
    ],
    status: 201,
    shape: (made) => ({
      '@odata.context': context('oauth2PermissionGrants/$entity'),
      ...grantOf(made),
      consentType: 'Principal',
      principalId: userId('grace'),
    }),
  },
  {
    does: 'POST oauth2PermissionGrants of the same client and resource',
    source: 'Create oAuth2PermissionGrant',
    request: ({ sp }) => [
      'POST',
      '/oauth2PermissionGrants',
      { clientId: sp, consentType: 'AllPrincipals', resourceId: sp, scope: 'user_impersonation' },
    ],
    status: 409,
    shape: () => refused('Request_MultipleObjectsWithSameKeyValue', 'Permission entry already exists.'),
  },
  {
    does: 'GET oauth2PermissionGrants by client',
    source: 'List oauth2PermissionGrants; CSDL oAuth2PermissionGrant',
    request: ({ sp }) => ['GET', `/oauth2PermissionGrants?$filter=clientId eq '${sp}'`],
    status: 200,
    shape: (made) => ({ '@odata.context': context('oauth2PermissionGrants'), value: [grantOf(made)] }),
  },
  {
    does: 'GET one grant',
    source: 'Get oAuth2PermissionGrant',
    request: ({ grant }) => ['GET', `/oauth2PermissionGrants/${grant}`],
    status: 200,
    shape: (made) => ({ '@odata.context': context('oauth2PermissionGrants/$entity'), ...grantOf(made) }),
  },
  {
    does: 'PATCH of the scopes',
    source: 'Update oAuth2PermissionGrant',
    request: ({ grant }) => ['PATCH', `/oauth2PermissionGrants/${grant}`, { scope: 'openid profile' }],
    status: 204,
  },
  {
    does: 'DELETE of a grant',
    source: 'Delete oAuth2PermissionGrant',
    request: ({ grant }) => ['DELETE', `/oauth2PermissionGrants/${grant}`],
    status: 204,
  },
];

const licence: readonly ShapeRow<undefined>[] = [
  {
    does: 'GET /organization',
    source: 'List organizations; CSDL organization, assignedPlan, verifiedDomain',
    request: () => ['GET', '/organization'],
    status: 200,
    shape: () => ({
      '@odata.context': context('organization'),
      value: [
        {
          id: guid,
          displayName: 'Contoso',
          assignedPlans: [
            {
              assignedDateTime: moment,
              capabilityStatus: 'Enabled',
              service: 'AADPremiumService',
              servicePlanId: '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
            },
          ],
          verifiedDomains: including({
            capabilities: 'Email, OfficeCommunicationsOnline',
            isDefault: true,
            isInitial: false,
            name: 'contoso.com',
            type: 'Managed',
          }),
        },
      ],
    }),
  },
  {
    does: 'GET /organization with User.Read alone',
    source: 'List organizations',
    request: () => ['GET', '/organization', undefined, { scopes: ['User.Read'] }],
    status: 200,
    shape: () => ({
      value: [
        {
          id: guid,
          displayName: 'Contoso',
          verifiedDomains: including({ name: 'contoso.com' }),
          assignedPlans: null,
          tenantType: null,
        },
      ],
    }),
  },
  {
    does: 'GET /subscribedSkus',
    source: 'List subscribedSkus; CSDL subscribedSku, licenseUnitsDetail, servicePlanInfo',
    request: () => ['GET', '/subscribedSkus'],
    status: 200,
    shape: () => ({
      '@odata.context': context('subscribedSkus'),
      value: including({
        id: matching(/^[\da-f-]{36}_[\da-f-]{36}$/),
        appliesTo: 'User',
        capabilityStatus: 'Enabled',
        skuId: guid,
        skuPartNumber: 'AAD_PREMIUM',
        prepaidUnits: { enabled: 100, suspended: 0, warning: 0, lockedOut: 0 },
        servicePlans: including({
          servicePlanId: '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
          servicePlanName: 'AAD_PREMIUM',
          provisioningStatus: 'Success',
          appliesTo: 'User',
        }),
      }),
    }),
  },
  {
    does: 'GET /domains',
    source: 'List domains; CSDL domain',
    request: () => ['GET', '/domains'],
    status: 200,
    shape: () => ({
      '@odata.context': context('domains'),
      value: including({
        id: 'contoso.onmicrosoft.com',
        authenticationType: 'Managed',
        isAdminManaged: true,
        isDefault: false,
        isInitial: true,
        isRoot: true,
        isVerified: true,
      }),
    }),
  },
];

describeShapes('documented shapes: assignments', assignments, assigned);
describeShapes('documented shapes: consent', grants, assigned);
describeShapes('documented shapes: tenant and licence', licence, () => undefined);
