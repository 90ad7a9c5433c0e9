import { userId } from '../../../src/sandbox/tenant/entries.ts';
import {
  context,
  describeShapes,
  flag,
  guid,
  including,
  listOf,
  matching,
  moment,
  nullOr,
  refused,
  text,
} from './shape.ts';
import type { Shape, ShapeRow } from './shape.ts';
import { text as textAt } from './support.ts';
import type { Graph } from './support.ts';

const policies = '/identity/conditionalAccess/policies';
const requireMfa = {
  displayName: 'Access to Kiro requires MFA',
  state: 'enabled',
  conditions: {
    clientAppTypes: ['mobileAppsAndDesktopClients', 'browser'],
    applications: { includeApplications: ['14d82eec-204b-4c2f-b7e8-296a70dab67e'] },
    users: { includeGroups: ['ba8e7ded-8b0f-4836-ba06-8ff1ecc5c8ba'] },
    locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
  },
  grantControls: { operator: 'OR', builtInControls: ['mfa'] },
};
const policy: Record<string, Shape> = {
  id: guid,
  displayName: 'Access to Kiro requires MFA',
  createdDateTime: moment,
  modifiedDateTime: null,
  state: 'enabled',
  sessionControls: null,
  conditions: {
    signInRiskLevels: [],
    clientAppTypes: ['mobileAppsAndDesktopClients', 'browser'],
    platforms: null,
    applications: {
      includeApplications: ['14d82eec-204b-4c2f-b7e8-296a70dab67e'],
      excludeApplications: [],
      includeUserActions: [],
    },
    users: {
      includeUsers: [],
      excludeUsers: [],
      includeGroups: ['ba8e7ded-8b0f-4836-ba06-8ff1ecc5c8ba'],
      excludeGroups: [],
      includeRoles: [],
      excludeRoles: [],
    },
    locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
  },
  grantControls: {
    operator: 'OR',
    builtInControls: ['mfa'],
    customAuthenticationFactors: [],
    termsOfUse: [],
  },
};

async function withPolicy(graph: Graph): Promise<{ id: string }> {
  return { id: textAt((await graph.call('POST', policies, requireMfa)).body, 'id') };
}

const conditionalAccess: readonly ShapeRow<{ id: string }>[] = [
  {
    does: 'POST a policy',
    source: 'Create conditionalAccessPolicy, example 1',
    request: () => ['POST', policies, requireMfa],
    status: 201,
    shape: () => ({
      '@odata.context': matching(/\$metadata#(identity\/)?conditionalAccess\/policies\/\$entity$/),
      ...policy,
    }),
  },
  {
    does: 'GET the policies',
    source: 'List conditionalAccessPolicies; CSDL conditionalAccessPolicy',
    request: () => ['GET', policies],
    status: 200,
    shape: ({ id }) => ({
      '@odata.context': context('identity/conditionalAccess/policies'),
      value: [{ ...policy, id }],
    }),
  },
  {
    does: 'GET one policy',
    source: 'Get conditionalAccessPolicy',
    request: ({ id }) => ['GET', `${policies}/${id}`],
    status: 200,
    shape: ({ id }) => ({ ...policy, id }),
  },
  {
    does: 'PATCH a policy',
    source: 'Update conditionalAccessPolicy',
    request: ({ id }) => ['PATCH', `${policies}/${id}`, { conditions: { signInRiskLevels: ['high'] } }],
    status: 204,
  },
  {
    does: 'DELETE a policy',
    source: 'Delete conditionalAccessPolicy',
    request: ({ id }) => ['DELETE', `${policies}/${id}`],
    status: 204,
  },
  {
    does: 'POST a policy that blocks and asks for more at once',
    source: 'conditionalAccessGrantControls resource type',
    request: () => [
      'POST',
      policies,
      { ...requireMfa, grantControls: { operator: 'OR', builtInControls: ['block', 'mfa'] } },
    ],
    status: 400,
    shape: () => refused('BadRequest'),
  },
];

const authorization: readonly ShapeRow<undefined>[] = [
  {
    does: 'GET the authorization policy',
    source: 'Get authorizationPolicy; CSDL authorizationPolicy, defaultUserRolePermissions',
    request: () => ['GET', '/policies/authorizationPolicy'],
    status: 200,
    shape: () => ({
      '@odata.context': context('policies/authorizationPolicy/$entity'),
      id: 'authorizationPolicy',
      allowInvitesFrom: 'everyone',
      allowedToSignUpEmailBasedSubscriptions: flag,
      allowedToUseSSPR: flag,
      allowEmailVerifiedUsersToJoinOrganization: flag,
      allowUserConsentForRiskyApps: nullOr(flag),
      blockMsolPowerShell: nullOr(flag),
      displayName: 'Authorization Policy',
      description: 'Used to manage authorization related settings across the company.',
      guestUserRoleId: '10dae51f-b6af-4016-8d66-8c2a99b929b3',
      defaultUserRolePermissions: {
        allowedToCreateApps: flag,
        allowedToCreateSecurityGroups: flag,
        allowedToReadOtherUsers: flag,
        permissionGrantPoliciesAssigned: listOf(matching(/^ManagePermissionGrantsForSelf\./)),
      },
    }),
  },
  {
    does: 'PATCH takes consent from people',
    source: 'Update authorizationPolicy, example 5',
    request: () => [
      'PATCH',
      '/policies/authorizationPolicy',
      { defaultUserRolePermissions: { permissionGrantPoliciesAssigned: [] } },
    ],
    status: 204,
  },
  {
    does: 'PATCH of an unknown guest role',
    source: 'Update authorizationPolicy',
    request: () => ['PATCH', '/policies/authorizationPolicy', { guestUserRoleId: guidOf(1) }],
    status: 400,
    shape: () => refused('Request_BadRequest', matching(/guestUserRoleId/)),
  },
];

function guidOf(digit: number): string {
  return `${digit}0000000-0000-4000-8000-000000000000`;
}

const applicationAdministrator = '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3';
const roles = '/roleManagement/directory';
const activate = (more: object = {}): unknown => ({
  action: 'selfActivate',
  principalId: userId('margaret'),
  roleDefinitionId: applicationAdministrator,
  directoryScopeId: '/',
  justification: 'Rename the application',
  scheduleInfo: {
    startDateTime: '2026-11-24T00:00:00.000Z',
    expiration: { type: 'AfterDuration', duration: 'PT5H' },
  },
  ticketInfo: { ticketNumber: null, ticketSystem: null },
  ...more,
});
const asMargaret = async (graph: Graph): Promise<{ token: string }> => ({
  token: await graph.token({
    userId: userId('margaret'),
    scopes: ['RoleAssignmentSchedule.ReadWrite.Directory', 'RoleEligibilitySchedule.Read.Directory'],
  }),
});
type AsMargaret = Awaited<ReturnType<typeof asMargaret>>;

const eligibility: readonly ShapeRow<AsMargaret>[] = [
  {
    does: 'GET own eligible roles',
    source: 'unifiedRoleEligibilityScheduleInstance: filterByCurrentUser',
    request: (options) => [
      'GET',
      `${roles}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')`,
      undefined,
      options,
    ],
    status: 200,
    shape: () => ({
      '@odata.context': context('Collection(unifiedRoleEligibilityScheduleInstance)'),
      value: [
        {
          '@odata.type': '#microsoft.graph.unifiedRoleEligibilityScheduleInstance',
          id: text,
          principalId: userId('margaret'),
          roleDefinitionId: applicationAdministrator,
          directoryScopeId: '/',
          appScopeId: null,
          startDateTime: moment,
          endDateTime: nullOr(moment),
          memberType: 'Direct',
          roleEligibilityScheduleId: guid,
        },
      ],
    }),
  },
  {
    does: 'POST selfActivate',
    source: 'Create roleAssignmentScheduleRequests, example 2',
    request: (options) => ['POST', `${roles}/roleAssignmentScheduleRequests`, activate(), options],
    status: 201,
    shape: () => ({
      '@odata.context': context('roleManagement/directory/roleAssignmentScheduleRequests/$entity'),
      id: guid,
      status: matching(/^(Granted|Provisioned)$/),
      createdDateTime: moment,
      completedDateTime: moment,
      approvalId: null,
      customData: null,
      action: 'selfActivate',
      principalId: userId('margaret'),
      roleDefinitionId: applicationAdministrator,
      directoryScopeId: '/',
      appScopeId: null,
      isValidationOnly: false,
      targetScheduleId: guid,
      justification: 'Rename the application',
      createdBy: { application: null, device: null, user: { displayName: null, id: userId('margaret') } },
      scheduleInfo: {
        startDateTime: moment,
        recurrence: null,
        expiration: { type: 'afterDuration', endDateTime: null, duration: matching(/^PT/) },
      },
      ticketInfo: { ticketNumber: null, ticketSystem: null },
    }),
  },
  {
    does: 'POST selfActivate without a justification',
    source: 'captures of the message; default settings of roles in Privileged Identity Management',
    request: (options) => [
      'POST',
      `${roles}/roleAssignmentScheduleRequests`,
      activate({ justification: '' }),
      options,
    ],
    status: 400,
    shape: () =>
      refused(
        'RoleAssignmentRequestPolicyValidationFailed',
        'The following policy rules failed: ["JustificationRule"]',
      ),
  },
  {
    does: 'POST selfActivate for longer than eight hours',
    source: 'captures of the message; default settings of roles in Privileged Identity Management',
    request: (options) => [
      'POST',
      `${roles}/roleAssignmentScheduleRequests`,
      activate({ scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT9H' } } }),
      options,
    ],
    status: 400,
    shape: () =>
      refused(
        'RoleAssignmentRequestPolicyValidationFailed',
        'The following policy rules failed: ["ExpirationRule"]',
      ),
  },
  {
    does: 'POST selfActivate of a role that one isn’t eligible for',
    source: 'captures of the message',
    request: (options) => [
      'POST',
      `${roles}/roleAssignmentScheduleRequests`,
      activate({ roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10' }),
      options,
    ],
    status: 400,
    shape: () => refused('RoleAssignmentDoesNotExist'),
  },
];

const reading: readonly ShapeRow<undefined>[] = [
  {
    does: 'GET a role definition',
    source: 'Get unifiedRoleDefinition; CSDL unifiedRoleDefinition',
    request: () => ['GET', `${roles}/roleDefinitions/${applicationAdministrator}`],
    status: 200,
    shape: () => ({
      '@odata.context': context('roleManagement/directory/roleDefinitions/$entity'),
      id: applicationAdministrator,
      description: text,
      displayName: 'Application Administrator',
      isBuiltIn: true,
      isEnabled: true,
      resourceScopes: ['/'],
      templateId: applicationAdministrator,
      version: '1',
    }),
  },
  {
    does: 'GET the role definitions by name',
    source: 'List roleDefinitions',
    request: () => ['GET', `${roles}/roleDefinitions?$filter=displayName eq 'Global Reader'`],
    status: 200,
    shape: () => ({ value: [{ id: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451' }] }),
  },
  {
    does: 'GET the role assignments of a person',
    source: 'List roleAssignments; CSDL unifiedRoleAssignment',
    request: () => ['GET', `${roles}/roleAssignments?$filter=principalId eq '${userId('grace')}'`],
    status: 200,
    shape: () => ({
      '@odata.context': context('roleManagement/directory/roleAssignments'),
      value: [
        {
          id: text,
          principalId: userId('grace'),
          directoryScopeId: '/',
          roleDefinitionId: applicationAdministrator,
        },
      ],
    }),
  },
  {
    does: 'GET the role assignments of everybody',
    source: 'List roleAssignments',
    request: () => ['GET', `${roles}/roleAssignments`],
    status: 200,
    shape: () => ({
      value: including({
        principalId: userId('ada'),
        roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
      }),
    }),
  },
];

describeShapes('documented shapes: Conditional Access', conditionalAccess, withPolicy);
describeShapes('documented shapes: authorization policy', authorization, () => undefined);
describeShapes('documented shapes: eligible roles', eligibility, asMargaret);
describeShapes('documented shapes: roles', reading, () => undefined);
