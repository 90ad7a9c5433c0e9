import { groupId, userId } from '../../../src/sandbox/tenant/entries.ts';
import { recordSignIn } from '../../../src/sandbox/tenant/signIns.ts';
import { startScimTarget } from './scimTarget.ts';
import type { ScimTarget } from './scimTarget.ts';
import {
  context,
  count,
  describeShapes,
  filled,
  flag,
  guid,
  including,
  listOf,
  matching,
  moment,
  nullOr,
  oneOf,
  refused,
  text,
} from './shape.ts';
import type { Shape, ShapeRow } from './shape.ts';
import { instantiate, withJob } from './support.ts';
import type { Graph } from './support.ts';

let target: ScimTarget;

const nullableText = nullOr(text);
const graphAppId = '00000003-0000-0000-c000-000000000000';

/** Two attempts of Grace: one that was refused, and one that was not. */
async function signedIn(graph: Graph): Promise<undefined> {
  await graph.call('POST', '/identity/conditionalAccess/policies', {
    displayName: 'Require MFA',
    state: 'enabled',
    conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
  });
  const facts = {
    user: { id: userId('grace'), userPrincipalName: 'grace@contoso.com', displayName: 'Grace Hopper' },
    application: { appId: '14d82eec-204b-4c2f-b7e8-296a70dab67e', displayName: 'Graph Command Line Tools' },
    resource: { appId: graphAppId, displayName: 'Microsoft Graph' },
    clientAppUsed: 'Browser',
  } as const;
  recordSignIn(graph.state, { ...facts, refusal: { errorCode: 50105, reason: 'Not assigned.' } });
  await graph.state.clock.advance(60_000);
  recordSignIn(graph.state, facts);
  return undefined;
}

const signIn: Record<string, Shape> = {
  id: guid,
  createdDateTime: moment,
  userDisplayName: 'Grace Hopper',
  userPrincipalName: 'grace@contoso.com',
  userId: userId('grace'),
  appId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
  appDisplayName: 'Graph Command Line Tools',
  ipAddress: '127.0.0.1',
  clientAppUsed: 'Browser',
  correlationId: guid,
  conditionalAccessStatus: oneOf('success', 'failure', 'notApplied'),
  isInteractive: true,
  riskDetail: 'none',
  riskLevelAggregated: 'none',
  riskLevelDuringSignIn: 'none',
  riskState: 'none',
  riskEventTypes: [],
  resourceDisplayName: 'Microsoft Graph',
  resourceId: graphAppId,
  status: { errorCode: 0, failureReason: nullableText, additionalDetails: nullableText },
  deviceDetail: {
    deviceId: text,
    displayName: nullableText,
    operatingSystem: nullableText,
    browser: nullableText,
    isCompliant: nullOr(flag),
    isManaged: nullOr(flag),
    trustType: nullableText,
  },
  location: {
    city: nullableText,
    state: nullableText,
    countryOrRegion: nullableText,
    geoCoordinates: { altitude: null, latitude: null, longitude: null },
  },
  appliedConditionalAccessPolicies: [
    {
      id: guid,
      displayName: 'Require MFA',
      enforcedGrantControls: [],
      enforcedSessionControls: [],
      result: 'notApplied',
    },
  ],
};
const refusedSignIn: Shape = {
  status: { errorCode: 50105, failureReason: 'Not assigned.', additionalDetails: null },
};

const signIns: readonly ShapeRow<undefined>[] = [
  {
    does: 'GET signIns, the newest first',
    source: 'List signIns; CSDL signIn',
    request: () => ['GET', '/auditLogs/signIns'],
    status: 200,
    shape: () => ({ '@odata.context': context('auditLogs/signIns'), value: [signIn, refusedSignIn] }),
  },
  {
    does: 'GET signIns by status',
    source: 'signIn resource type',
    request: () => ['GET', '/auditLogs/signIns?$filter=status/errorCode eq 50105'],
    status: 200,
    shape: () => ({ value: [refusedSignIn] }),
  },
  {
    does: 'GET signIns by application, name and time',
    source: 'List signIns',
    request: () => [
      'GET',
      "/auditLogs/signIns?$filter=appId eq '14d82eec-204b-4c2f-b7e8-296a70dab67e' and startsWith(appDisplayName,'Graph') and createdDateTime ge 2026-01-01T00:00:00Z and createdDateTime le 2999-01-01T00:00:00Z",
    ],
    status: 200,
    shape: () => ({ value: [signIn, refusedSignIn] }),
  },
  {
    does: 'GET signIns by a time that is over',
    source: 'List signIns',
    request: () => ['GET', '/auditLogs/signIns?$filter=createdDateTime le 2020-01-01T00:00:00Z'],
    status: 200,
    shape: () => ({ value: [] }),
  },
  {
    does: 'GET signIns page by page, the oldest first',
    source: 'List signIns',
    request: () => ['GET', '/auditLogs/signIns?$top=1&$orderby=createdDateTime asc'],
    status: 200,
    shape: () => ({
      '@odata.nextLink': matching(/^http:\/\/graph\.test\/v1\.0\/auditLogs\/signIns\?.*\$skiptoken=/),
      value: [refusedSignIn],
    }),
  },
  {
    does: 'GET signIns without a permission on policies leaves them out',
    source: 'signIn resource type; View applied Conditional Access policies in sign-in logs',
    request: () => ['GET', '/auditLogs/signIns?$top=1', undefined, { scopes: ['AuditLog.Read.All'] }],
    status: 200,
    shape: () => ({ value: [{ appliedConditionalAccessPolicies: [] }] }),
  },
];

const withoutLicence: readonly ShapeRow<undefined>[] = ['signIns', 'directoryAudits', 'provisioning'].map(
  (name) => ({
    does: `GET ${name} of a tenant without P1`,
    source: 'captures of the message',
    request: () => ['GET', `/auditLogs/${name}`],
    status: 403,
    shape: () =>
      refused(
        'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
        "Neither tenant is B2C or tenant doesn't have premium license",
      ),
  }),
);

const audit = (name: string, category: string, more: Record<string, Shape> = {}): Shape => ({
  id: filled,
  category,
  correlationId: guid,
  result: 'success',
  resultReason: text,
  activityDisplayName: name,
  activityDateTime: moment,
  loggedByService: text,
  operationType: text,
  initiatedBy: {
    app: null,
    user: {
      id: userId('ada'),
      displayName: nullableText,
      userPrincipalName: 'ada@contoso.com',
      ipAddress: text,
    },
  },
  targetResources: listOf({
    id: filled,
    displayName: nullableText,
    type: filled,
    userPrincipalName: nullableText,
    groupType: nullOr(oneOf('unifiedGroups', 'azureAD')),
    modifiedProperties: Array.isArray,
  }),
  additionalDetails: Array.isArray,
  ...more,
});

/** A person and a group assigned, and the application changed. */
async function changed(graph: Graph) {
  const made = await instantiate(graph);
  await graph.call('PATCH', `/applications/${made.id}`, { identifierUris: [`api://${made.appId}`] });
  for (const principalId of [userId('grace'), groupId('Kiro users')])
    await graph.call('POST', `/servicePrincipals/${made.sp}/appRoleAssignedTo`, {
      principalId,
      resourceId: made.sp,
      appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f',
    });
  return made;
}
type Made = Awaited<ReturnType<typeof changed>>;

const byName = (name: string): readonly ['GET', string] => [
  'GET',
  `/auditLogs/directoryAudits?$filter=activityDisplayName eq '${name}'`,
];
const quoted = (value: Shape): Shape => (typeof value === 'string' ? JSON.stringify(value) : value);

const audits: readonly ShapeRow<Made>[] = [
  {
    does: 'GET directoryAudits of a new application',
    source: 'List directoryAudits; CSDL directoryAudit, targetResource, modifiedProperty',
    request: () => byName('Add application'),
    status: 200,
    shape: ({ id }) => ({
      '@odata.context': context('auditLogs/directoryAudits'),
      value: [
        audit('Add application', 'ApplicationManagement', {
          loggedByService: 'Core Directory',
          operationType: 'Add',
          targetResources: [
            {
              id,
              displayName: 'Kiro-Entra',
              type: 'Application',
              modifiedProperties: including({
                displayName: 'DisplayName',
                oldValue: null,
                newValue: quoted('Kiro-Entra'),
              }),
            },
          ],
        }),
      ],
    }),
  },
  {
    does: 'GET directoryAudits of a changed application, old value and new',
    source: 'List directoryAudits',
    request: () => byName('Update application'),
    status: 200,
    shape: ({ id, appId }) => ({
      value: [
        audit('Update application', 'ApplicationManagement', {
          targetResources: [
            {
              id,
              modifiedProperties: (value: unknown) =>
                including({
                  displayName: 'IdentifierUris',
                  oldValue: '[]',
                  newValue: JSON.stringify([`api://${appId}`]),
                })(value) &&
                including({ displayName: 'Included Updated Properties', newValue: quoted('IdentifierUris') })(
                  value,
                ),
            },
          ],
        }),
      ],
    }),
  },
  {
    does: 'GET directoryAudits of a group’s assignment',
    source: 'Microsoft Entra audit log categories and activities',
    request: () => byName('Add app role assignment to group'),
    status: 200,
    shape: ({ sp }) => ({
      value: [
        audit('Add app role assignment to group', 'GroupManagement', {
          operationType: 'Assign',
          targetResources: [
            {
              id: sp,
              type: 'ServicePrincipal',
              modifiedProperties: including({
                displayName: 'AppRole.Id',
                oldValue: null,
                newValue: quoted('18d14569-c3bd-439b-9a66-3a2aee01d14f'),
              }),
            },
            { id: groupId('Kiro users'), displayName: 'Kiro users', type: 'Group', groupType: 'azureAD' },
          ],
        }),
      ],
    }),
  },
  {
    does: 'GET directoryAudits of a person’s assignment',
    source: 'exported audit logs',
    request: () => byName('Add app role assignment grant to user'),
    status: 200,
    shape: () => ({
      value: [
        audit('Add app role assignment grant to user', 'UserManagement', {
          targetResources: [
            {
              modifiedProperties: including({
                displayName: 'User.UPN',
                newValue: quoted('grace@contoso.com'),
              }),
            },
            { id: userId('grace'), type: 'User', userPrincipalName: 'grace@contoso.com' },
          ],
        }),
      ],
    }),
  },
  {
    does: 'GET directoryAudits by who did it',
    source: 'List directoryAudits, example 2',
    request: () => [
      'GET',
      `/auditLogs/directoryAudits?$filter=initiatedBy/user/id eq '${userId('ada')}'&$top=1`,
    ],
    status: 200,
    shape: () => ({
      '@odata.nextLink': filled,
      value: [audit('Add app role assignment to group', 'GroupManagement')],
    }),
  },
];

/** A job whose first cycle pushed Grace to the target. */
async function provisioned(graph: Graph) {
  const made = await withJob(graph);
  await graph.call('PUT', `${made.base}/secrets`, {
    value: [
      { key: 'BaseAddress', value: target.baseAddress },
      { key: 'SecretToken', value: 'right' },
    ],
  });
  await graph.call('POST', `/servicePrincipals/${made.sp}/appRoleAssignedTo`, {
    principalId: userId('grace'),
    resourceId: made.sp,
    appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f',
  });
  await graph.call('POST', `${made.base}/jobs/${made.job}/start`);
  await graph.state.clock.advance(60 * 60_000);
  return made;
}

const step: Shape = {
  name: filled,
  provisioningStepType: oneOf('import', 'scoping', 'matching', 'processing', 'referenceResolution', 'export'),
  status: oneOf('success', 'failure', 'skipped', 'warning'),
  description: filled,
};

const provisioning: readonly ShapeRow<Awaited<ReturnType<typeof provisioned>>>[] = [
  {
    does: 'GET provisioning by job: a person was created',
    source: 'List provisioningObjectSummary; CSDL provisioningObjectSummary and its parts',
    request: ({ job }) => ['GET', `/auditLogs/provisioning?$filter=jobId eq '${job}'`],
    status: 200,
    shape: ({ job, sp, appId }) => ({
      '@odata.context': context('auditLogs/provisioning'),
      value: including({
        id: guid,
        activityDateTime: moment,
        tenantId: guid,
        jobId: job,
        cycleId: guid,
        changeId: guid,
        provisioningAction: 'create',
        durationInMilliseconds: count,
        provisioningStatusInfo: { status: 'success', errorInformation: nullOr({ errorCode: text }) },
        provisioningSteps: listOf(step),
        modifiedProperties: including({
          displayName: 'userName',
          oldValue: null,
          newValue: matching(/grace@contoso\.com/),
        }),
        servicePrincipal: { id: sp, displayName: 'Kiro-Entra' },
        initiatedBy: { id: text, displayName: 'Azure AD Provisioning Service', initiatorType: 'system' },
        sourceIdentity: {
          id: userId('grace'),
          displayName: 'Grace Hopper',
          identityType: 'User',
          details: { UserPrincipalName: 'grace@contoso.com' },
        },
        targetIdentity: {
          id: filled,
          identityType: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
          details: {},
        },
        sourceSystem: { id: guid, displayName: filled, details: {} },
        targetSystem: {
          id: guid,
          displayName: 'customappsso',
          details: {
            ApplicationId: appId,
            ServicePrincipalId: sp,
            ServicePrincipalDisplayName: 'Kiro-Entra',
          },
        },
      }),
    }),
  },
  {
    does: 'GET provisioning by the filter of the document',
    source: 'List provisioningObjectSummary',
    request: ({ sp }) => [
      'GET',
      `/auditLogs/provisioning?$filter=((contains(tolower(servicePrincipal/id), '${sp}') or contains(tolower(servicePrincipal/displayName),'kiro')) and activityDateTime gt 2023-07-30 and activityDateTime lt 2999-08-01)&$top=500&$orderby=activityDateTime desc`,
    ],
    status: 200,
    shape: () => ({ value: listOf({ id: guid }) }),
  },
  {
    does: 'GET directoryAudits of provisioning',
    source: 'Microsoft Entra audit log categories and activities',
    request: () => [
      'GET',
      "/auditLogs/directoryAudits?$filter=category eq 'ProvisioningManagement' and activityDisplayName eq 'Export'",
    ],
    status: 200,
    shape: ({ sp }) => ({
      value: including({
        loggedByService: 'Account Provisioning',
        initiatedBy: { user: null, app: { displayName: 'Azure AD Provisioning Service' } },
        targetResources: [
          { id: sp, type: 'ServicePrincipal' },
          { id: userId('grace'), type: 'User' },
        ],
      }),
    }),
  },
  {
    does: 'GET directoryAudits of the configuration',
    source: 'Check the status of user provisioning',
    request: () => [
      'GET',
      "/auditLogs/directoryAudits?$filter=startswith(activityDisplayName,'Enable/start provisioning')",
    ],
    status: 200,
    shape: ({ sp }) => ({
      value: [
        audit('Enable/start provisioning configuration', 'ProvisioningManagement', {
          loggedByService: 'Account Provisioning',
          targetResources: [{ id: sp, displayName: 'Kiro-Entra', type: 'ServicePrincipal' }],
        }),
      ],
    }),
  },
];

describe('documented shapes: logs', () => {
  before(async () => {
    target = await startScimTarget();
  });
  after(() => target.close());
  describeShapes('sign-ins', signIns, signedIn);
  describeShapes('without a licence', withoutLicence, () => undefined, { premium: false });
  describeShapes('audits', audits, changed);
  describeShapes('provisioning', provisioning, provisioned);
});
