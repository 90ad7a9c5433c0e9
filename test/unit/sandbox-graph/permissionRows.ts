/** What a group of operations asks of its caller, as its pages in the Microsoft Graph reference say. */
export interface Row {
  readonly operations: readonly string[];
  /** The least privileged delegated permissions, all of them needed. */
  readonly least: readonly string[];
  /** Permissions that come near and aren't enough. */
  readonly nearMiss: readonly string[];
  /** Roles, each of which is enough; absent: anybody in the tenant. */
  readonly roles?: readonly string[];
  /** False where the default permissions of guests leave the operation out. */
  readonly guests?: false;
  readonly refusal?: 'synchronization';
  readonly source: string;
}

/** Operations that need a token and nothing more, or refuse by method or as not emulated. */
export const open = [
  'POST /$batch',
  'GET /applicationTemplates/:id',
  'GET /applications/delta',
  'GET /servicePrincipals/delta',
  'GET /oauth2PermissionGrants/delta',
  'POST /servicePrincipals/:id/synchronization/secrets',
  'PATCH /servicePrincipals/:id/synchronization/secrets',
];

const lowerCase = '/directory/deleteditems';
/** Other spellings of operations, as older pages write them. */
export const aliases = [
  `GET ${lowerCase}/microsoft.graph.application`,
  `GET ${lowerCase}/microsoft.graph.servicePrincipal`,
  `GET ${lowerCase}/:id`,
  `POST ${lowerCase}/:id/restore`,
  `DELETE ${lowerCase}/:id`,
];

const appAdmins = ['Global Administrator', 'Application Administrator', 'Cloud Application Administrator'];
const reportReaders = [
  'Reports Reader',
  'Security Reader',
  'Security Operator',
  'Security Administrator',
  'Global Reader',
  'Global Administrator',
];
const ownedBy = ['/applications/:id', '/servicePrincipals/:id'];
const principals = ['/groups/:id/appRoleAssignments', '/users/:id/appRoleAssignments'];
const deleted = ['/directory/deletedItems'];
const jobs = '/servicePrincipals/:id/synchronization/jobs';
const schemas = [
  `${jobs}/:job/schema`,
  '/servicePrincipals/:id/synchronization/templates/:template/schema',
  '/applications/:id/synchronization/templates/:template/schema',
];

export const documented: readonly Row[] = [
  {
    operations: [
      'GET /applications',
      'GET /applications/$count',
      'GET /applications/:id',
      'GET /servicePrincipals',
      'GET /servicePrincipals/$count',
      'GET /servicePrincipals/:id',
      ...ownedBy.map((base) => `GET ${base}/owners`),
      ...deleted.flatMap((base) => [
        `GET ${base}/microsoft.graph.application`,
        `GET ${base}/microsoft.graph.servicePrincipal`,
        `GET ${base}/:id`,
      ]),
    ],
    least: ['Application.Read.All'],
    nearMiss: ['User.Read.All', 'Synchronization.Read.All'],
    source: 'List applications, List servicePrincipals, List owners, List deletedItems',
  },
  {
    operations: [
      'POST /applicationTemplates/:id/instantiate',
      'POST /applications',
      'PATCH /applications/:id',
      'DELETE /applications/:id',
      'POST /servicePrincipals',
      'PATCH /servicePrincipals/:id',
      'DELETE /servicePrincipals/:id',
      'POST /applications/:id/addPassword',
      'POST /applications/:id/removePassword',
      ...ownedBy.flatMap((base) => [`POST ${base}/owners/$ref`, `DELETE ${base}/owners/:owner/$ref`]),
      ...deleted.flatMap((base) => [`POST ${base}/:id/restore`, `DELETE ${base}/:id`]),
    ],
    least: ['Application.ReadWrite.All'],
    nearMiss: ['Application.Read.All', 'AppRoleAssignment.ReadWrite.All'],
    roles: appAdmins,
    source: 'applicationTemplate: instantiate, Update application, Update servicePrincipal',
  },
  {
    operations: [
      'GET /servicePrincipals/:id/appRoleAssignedTo',
      'GET /servicePrincipals/:id/appRoleAssignedTo/:assignment',
    ],
    least: ['Application.Read.All'],
    nearMiss: ['User.Read.All', 'Group.Read.All'],
    source: 'List appRoleAssignments granted for a service principal',
  },
  {
    operations: [
      'POST /servicePrincipals/:id/appRoleAssignedTo',
      'DELETE /servicePrincipals/:id/appRoleAssignedTo/:assignment',
      ...principals.flatMap((base) => [`POST ${base}`, `DELETE ${base}/:assignment`]),
    ],
    least: ['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'],
    nearMiss: ['Application.ReadWrite.All'],
    roles: [...appAdmins, 'Privileged Role Administrator', 'User Administrator', 'Directory Writers'],
    source: 'Grant an appRoleAssignment for a service principal',
  },
  {
    operations: principals.flatMap((base) => [`GET ${base}`, `GET ${base}/:assignment`]),
    least: ['Directory.Read.All'],
    nearMiss: ['Application.Read.All', 'Group.Read.All', 'User.Read.All'],
    roles: [
      ...appAdmins,
      'Directory Readers',
      'Directory Writers',
      'Privileged Role Administrator',
      'User Administrator',
    ],
    source: 'List appRoleAssignments granted to a group, to a user',
  },
  {
    operations: [
      'GET /oauth2PermissionGrants',
      'GET /oauth2PermissionGrants/:id',
      'GET /servicePrincipals/:id/oauth2PermissionGrants',
    ],
    least: ['DelegatedPermissionGrant.Read.All'],
    nearMiss: ['Application.ReadWrite.All'],
    roles: [
      ...appAdmins,
      'Global Reader',
      'Directory Readers',
      'Directory Writers',
      'Privileged Role Administrator',
      'User Administrator',
    ],
    source: 'List oauth2PermissionGrants',
  },
  {
    operations: [
      'POST /oauth2PermissionGrants',
      'PATCH /oauth2PermissionGrants/:id',
      'DELETE /oauth2PermissionGrants/:id',
    ],
    least: ['DelegatedPermissionGrant.ReadWrite.All'],
    nearMiss: ['DelegatedPermissionGrant.Read.All', 'Application.ReadWrite.All'],
    roles: [...appAdmins, 'Directory Writers', 'Privileged Role Administrator', 'User Administrator'],
    source: 'Create oAuth2PermissionGrant',
  },
  {
    operations: ['GET /groups', 'GET /groups/$count', 'GET /groups/delta'],
    least: ['GroupMember.Read.All'],
    nearMiss: ['User.Read.All', 'Application.Read.All'],
    guests: false,
    source: 'List groups; default user permissions',
  },
  {
    operations: [
      'GET /groups/:id',
      'GET /groups/:id/members',
      'GET /groups/:id/members/:segment',
      'GET /groups/:id/transitiveMembers',
      'GET /groups/:id/transitiveMembers/:segment',
      'GET /groups/:id/members/:cast/$count',
      'GET /groups/:id/transitiveMembers/:cast/$count',
      'GET /groups/:id/memberOf',
      'GET /groups/:id/memberOf/:segment',
      'GET /groups/:id/transitiveMemberOf',
      'GET /groups/:id/transitiveMemberOf/:segment',
      'POST /groups/:id/checkMemberGroups',
      'POST /groups/:id/getMemberGroups',
    ],
    least: ['GroupMember.Read.All'],
    nearMiss: ['User.Read.All', 'Application.Read.All'],
    source: 'Get group, List group members',
  },
  {
    operations: ['GET /users', 'GET /users/$count', 'GET /users/delta'],
    least: ['User.ReadBasic.All'],
    nearMiss: ['User.Read', 'Group.Read.All'],
    guests: false,
    source: 'List users; default user permissions',
  },
  {
    operations: ['GET /users/:id', 'GET /users/:id/manager', 'GET /users/:id/directReports'],
    least: ['User.ReadBasic.All'],
    nearMiss: ['User.Read', 'Group.Read.All'],
    source: 'Get user',
  },
  {
    operations: [
      'GET /me',
      'GET /me/transitiveMemberOf',
      'GET /me/transitiveMemberOf/:segment',
      'GET /me/memberOf',
      'GET /me/memberOf/:segment',
      'POST /me/checkMemberGroups',
      'POST /me/getMemberGroups',
    ],
    least: ['User.Read'],
    nearMiss: ['User.ReadBasic.All', 'Group.Read.All'],
    source: 'Get user, List a user’s memberships',
  },
  {
    operations: [
      'GET /users/:id/memberOf',
      'GET /users/:id/memberOf/:segment',
      'GET /users/:id/transitiveMemberOf',
      'GET /users/:id/transitiveMemberOf/:segment',
      'POST /users/:id/checkMemberGroups',
      'POST /users/:id/getMemberGroups',
    ],
    least: ['User.Read.All'],
    nearMiss: ['User.ReadBasic.All', 'User.Read'],
    source: 'List a user’s memberships; directoryObject: checkMemberGroups, getMemberGroups',
  },
  {
    operations: ['PATCH /users/:id', 'PUT /users/:id/manager/$ref', 'DELETE /users/:id/manager/$ref'],
    least: ['User.ReadWrite.All'],
    nearMiss: ['User.Read.All', 'User.ReadWrite'],
    roles: ['Global Administrator', 'User Administrator', 'Directory Writers'],
    source: 'Update user; Assign manager; Remove manager',
  },
  {
    operations: ['POST /groups/:id/members/$ref', 'DELETE /groups/:id/members/:member/$ref'],
    least: ['GroupMember.ReadWrite.All'],
    nearMiss: ['GroupMember.Read.All', 'User.ReadWrite.All'],
    roles: ['Global Administrator', 'User Administrator', 'Directory Writers'],
    source: 'Add members; Remove member',
  },
  {
    operations: ['GET /organization', 'GET /organization/:id'],
    least: ['User.Read'],
    nearMiss: ['Domain.Read.All', 'Group.Read.All'],
    source: 'List organizations',
  },
  {
    operations: ['GET /subscribedSkus'],
    least: ['LicenseAssignment.Read.All'],
    nearMiss: ['User.Read.All'],
    guests: false,
    source: 'List subscribedSkus; default user permissions',
  },
  {
    operations: ['GET /domains', 'GET /domains/:id'],
    least: ['Domain.Read.All'],
    nearMiss: ['Organization.Read.All'],
    source: 'List domains',
  },
  {
    operations: [
      'GET /servicePrincipals/:id/synchronization/templates',
      'GET /applications/:id/synchronization/templates',
      'GET /servicePrincipals/:id/synchronization/templates/:template',
      'GET /servicePrincipals/:id/synchronization/secrets',
      `GET ${jobs}`,
      `GET ${jobs}/:job`,
      ...schemas.map((schema) => `GET ${schema}`),
    ],
    least: ['Synchronization.Read.All'],
    nearMiss: ['Application.ReadWrite.All', 'Directory.ReadWrite.All'],
    roles: appAdmins,
    refusal: 'synchronization',
    source: 'Get synchronizationJob, Get synchronizationSchema',
  },
  {
    operations: [
      'PUT /servicePrincipals/:id/synchronization/secrets',
      `POST ${jobs}`,
      `POST ${jobs}/validateCredentials`,
      `POST ${jobs}/:job/validateCredentials`,
      `DELETE ${jobs}/:job`,
      `PUT ${jobs}/:job/schema`,
      `DELETE ${jobs}/:job/schema`,
      ...schemas.flatMap((schema) => [
        `GET ${schema}/functions`,
        `GET ${schema}/functions()`,
        `GET ${schema}/filterOperators`,
        `GET ${schema}/filterOperators()`,
        `POST ${schema}/parseExpression`,
      ]),
      `POST ${jobs}/:job/start`,
      `POST ${jobs}/:job/pause`,
      `POST ${jobs}/:job/restart`,
      `POST ${jobs}/:job/provisionOnDemand`,
    ],
    least: ['Synchronization.ReadWrite.All'],
    nearMiss: ['Synchronization.Read.All', 'Application.ReadWrite.All'],
    roles: appAdmins,
    refusal: 'synchronization',
    source: 'Create synchronizationJob, Start synchronizationJob, synchronizationJob: provisionOnDemand',
  },
  {
    operations: ['GET /auditLogs/provisioning'],
    least: ['ProvisioningLog.Read.All'],
    nearMiss: ['Directory.Read.All', 'Synchronization.Read.All'],
    roles: [...reportReaders, 'Application Administrator', 'Cloud Application Administrator'],
    source: 'List provisioningObjectSummary',
  },
  {
    operations: [
      'GET /auditLogs/signIns',
      'GET /auditLogs/signins',
      'GET /auditLogs/signIns/:id',
      'GET /auditLogs/directoryAudits',
      'GET /auditLogs/directoryaudits',
      'GET /auditLogs/directoryAudits/:id',
    ],
    least: ['AuditLog.Read.All'],
    nearMiss: ['ProvisioningLog.Read.All', 'Directory.Read.All'],
    roles: [...reportReaders, 'Application Administrator', 'Cloud Application Administrator'],
    source: 'List signIns, List directoryAudits',
  },
  {
    operations: ['GET /identity/conditionalAccess/policies', 'GET /identity/conditionalAccess/policies/:id'],
    least: ['Policy.Read.ConditionalAccess'],
    nearMiss: ['Policy.ReadWrite.Authorization', 'Directory.Read.All'],
    roles: ['Security Reader', 'Security Administrator', 'Global Reader', 'Conditional Access Administrator'],
    source: 'List conditionalAccessPolicies',
  },
  {
    operations: [
      'POST /identity/conditionalAccess/policies',
      'PATCH /identity/conditionalAccess/policies/:id',
      'DELETE /identity/conditionalAccess/policies/:id',
    ],
    least: ['Policy.Read.All', 'Policy.ReadWrite.ConditionalAccess', 'Application.Read.All'],
    nearMiss: ['Policy.Read.All', 'Application.ReadWrite.All'],
    roles: ['Security Administrator', 'Conditional Access Administrator', 'Global Administrator'],
    source: 'Create conditionalAccessPolicy',
  },
  {
    operations: ['GET /policies/authorizationPolicy'],
    least: ['Policy.Read.All'],
    nearMiss: ['Policy.ReadWrite.ConditionalAccess', 'Directory.Read.All'],
    guests: false,
    source: 'Get authorizationPolicy; default user permissions',
  },
  {
    operations: ['PATCH /policies/authorizationPolicy'],
    least: ['Policy.ReadWrite.Authorization'],
    nearMiss: ['Policy.Read.All', 'Policy.ReadWrite.ConditionalAccess'],
    roles: ['Privileged Role Administrator', 'Global Administrator'],
    source: 'Update authorizationPolicy',
  },
  {
    operations: [
      'GET /roleManagement/directory/roleDefinitions',
      'GET /roleManagement/directory/roleDefinitions/:id',
      'GET /roleManagement/directory/roleAssignments',
    ],
    least: ['RoleManagement.Read.Directory'],
    nearMiss: ['User.Read.All', 'RoleEligibilitySchedule.Read.Directory'],
    guests: false,
    source: 'List roleAssignments; default user permissions',
  },
  {
    operations: ['GET /roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser/:on'],
    least: ['RoleEligibilitySchedule.Read.Directory'],
    nearMiss: ['Directory.Read.All', 'User.Read.All'],
    source: 'unifiedRoleEligibilityScheduleInstance: filterByCurrentUser',
  },
  {
    operations: ['GET /roleManagement/directory/roleAssignmentScheduleRequests/filterByCurrentUser/:on'],
    least: ['RoleAssignmentSchedule.Read.Directory'],
    nearMiss: ['RoleEligibilitySchedule.Read.Directory', 'Directory.Read.All'],
    source: 'unifiedRoleAssignmentScheduleRequest: filterByCurrentUser',
  },
  {
    operations: ['POST /roleManagement/directory/roleAssignmentScheduleRequests'],
    least: ['RoleAssignmentSchedule.ReadWrite.Directory'],
    nearMiss: ['RoleManagement.Read.Directory', 'RoleEligibilitySchedule.ReadWrite.Directory'],
    source: 'Create roleAssignmentScheduleRequests',
  },
];
