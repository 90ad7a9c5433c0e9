/** A delegated scope as the consent page shows it. */
export interface ScopeInfo {
  readonly id: string;
  readonly value: string;
  readonly title: string;
  readonly description: string;
  /** Only an administrator may consent. */
  readonly adminOnly: boolean;
}

type Row = readonly [value: string, id: string, title: string];

/** Scopes that people may consent to for themselves (Microsoft Graph permissions reference). */
const forEveryone: readonly Row[] = [
  ['User.Read', 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', 'Sign you in and read your profile'],
  ['User.ReadWrite', 'b4e74841-8e56-480b-be8b-910348b18b4c', 'Read and update your profile'],
  ['User.ReadBasic.All', 'b340eb25-3456-403f-be2f-af7a0d370277', "Read all users' basic profiles"],
  ['LicenseAssignment.Read.All', 'f395577a-0960-456b-979f-7228de0c5996', 'Read all license assignments'],
];

/** Scopes that only an administrator may consent to (Microsoft Graph permissions reference). */
const forAdministrators: readonly Row[] = [
  ['Application.Read.All', 'c79f8feb-a9db-4090-85f9-90d820caa0eb', 'Read applications'],
  ['Application.ReadWrite.All', 'bdfbf15f-ee85-4955-8675-146e8e5296b5', 'Read and write all applications'],
  [
    'AppRoleAssignment.ReadWrite.All',
    '84bccea3-f856-4a8a-967b-dbe0a3d53a64',
    'Manage app permission grants and app role assignments',
  ],
  ['AuditLog.Read.All', 'e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20', 'Read audit log data'],
  [
    'CrossTenantInformation.ReadBasic.All',
    '81594d25-e88e-49cf-ac8c-fecbff49f994',
    'Read cross-tenant basic information',
  ],
  [
    'DelegatedPermissionGrant.Read.All',
    'a197cdc4-a8e8-4d49-9d35-4ca7c83887b4',
    'Read delegated permission grants',
  ],
  [
    'DelegatedPermissionGrant.ReadWrite.All',
    '41ce6ca6-6826-4807-84f1-1c82854f7ee5',
    'Manage all delegated permission grants',
  ],
  ['Directory.AccessAsUser.All', '0e263e50-5827-48a4-b97c-d940288653c7', 'Access the directory as you'],
  ['Directory.Read.All', '06da0dbc-49e2-44d2-8312-53f166ab848a', 'Read directory data'],
  ['Directory.ReadWrite.All', 'c5366453-9fb0-48a5-a156-24f0c49a4b84', 'Read and write directory data'],
  ['Domain.Read.All', '2f9ee017-59c1-4f1d-9472-bd5529a7b311', 'Read domains'],
  ['Group.Read.All', '5f8c59db-677d-491f-a6b8-5f174b11ec1d', 'Read all groups'],
  ['Group.ReadWrite.All', '4e46008b-f24c-477d-8fff-7bb4ec7aafe0', 'Read and write all groups'],
  ['GroupMember.Read.All', 'bc024368-1153-4739-b217-4326f2e966d0', 'Read group memberships'],
  ['GroupMember.ReadWrite.All', 'f81125ac-d3b7-4573-a3b2-7099cc39df9e', 'Read and write group memberships'],
  ['Organization.Read.All', '4908d5b9-3fb2-4b1e-9336-1888b7937185', 'Read organization information'],
  ['Policy.Read.All', '572fea84-0151-49b2-9301-11cb16974376', "Read your organization's policies"],
  [
    'Policy.Read.ConditionalAccess',
    '633e0fce-8c58-4cfb-9495-12bbd5a24f7c',
    "Read your organization's Conditional Access policies",
  ],
  [
    'Policy.ReadWrite.Authorization',
    'edd3c878-b384-41fd-95ad-e7407dd775be',
    "Read and write your organization's authorization policy",
  ],
  [
    'Policy.ReadWrite.ConditionalAccess',
    'ad902697-1014-4ef5-81ef-2b4301988e8c',
    "Read and write your organization's Conditional Access policies",
  ],
  ['ProvisioningLog.Read.All', '95aec97b-cf27-4a8d-a67d-42f60b5b38ef', 'Read all provisioning log data'],
  ['Reports.Read.All', '02e97553-ed7b-43d0-ab3c-f8bace0d040c', 'Read all usage reports'],
  [
    'RoleAssignmentSchedule.Read.Directory',
    '344a729c-0285-42c6-9014-f12b9b8d6129',
    'Read all active role assignments for your directory',
  ],
  [
    'RoleAssignmentSchedule.ReadWrite.Directory',
    '8c026be3-8e26-4774-9372-8d5d6f21daff',
    'Read, update, and delete all active role assignments for your directory',
  ],
  [
    'RoleEligibilitySchedule.Read.Directory',
    'eb0788c2-6d4e-4658-8c9e-c0fb8053f03d',
    'Read all eligible role assignments for your directory',
  ],
  [
    'RoleEligibilitySchedule.ReadWrite.Directory',
    '62ade113-f8e0-4bf9-a6ba-5acb31db32fd',
    'Read, update, and delete all eligible role assignments for your directory',
  ],
  [
    'RoleManagement.Read.All',
    '48fec646-b2ba-4019-8681-8eb31435aded',
    'Read role management data for all RBAC providers',
  ],
  ['RoleManagement.Read.Directory', '741c54c3-0c1e-44a1-818b-3f97ab4e8c83', 'Read directory RBAC settings'],
  [
    'RoleManagement.ReadWrite.Directory',
    'd01b97e9-cbc0-49fe-810a-750afd5527a3',
    'Read and write directory RBAC settings',
  ],
  [
    'Synchronization.Read.All',
    '7aa02aeb-824f-4fbe-a3f7-611f751f5b55',
    'Read all Azure AD synchronization data',
  ],
  [
    'Synchronization.ReadWrite.All',
    '7bb27fa3-ea8f-4d67-a916-87715b6188bd',
    'Read and write all Azure AD synchronization data',
  ],
  ['User.Read.All', 'a154be20-db9c-4678-8ab7-66f6cc099a59', "Read all users' full profiles"],
  ['User.ReadWrite.All', '204e0828-b5ca-4ad8-b9f3-f32a958e7cc4', "Read and write all users' full profiles"],
];

/** Delegated scopes of Microsoft Graph that the sandbox knows; any other is refused with AADSTS650053. */
export const graphScopes: ReadonlyMap<string, ScopeInfo> = new Map(
  [
    ...forEveryone.map((row) => ({ row, adminOnly: false })),
    ...forAdministrators.map((row) => ({ row, adminOnly: true })),
  ].map(({ row: [value, id, title], adminOnly }) => [
    value,
    { id, value, title, description: `Allows the application to: ${title}.`, adminOnly },
  ]),
);

/** The OpenID scopes, which consent pages and grants name, and their ids. */
export const openidScopes: ReadonlyMap<string, ScopeInfo> = new Map(
  (
    [
      ['openid', '37f7f235-527c-4136-accd-4a02d197296e', 'Sign in as you'],
      ['profile', '14dad69e-099b-42c9-810b-d002981feec1', 'View your basic profile'],
      ['email', '64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0', 'View your email address'],
      [
        'offline_access',
        '7427e0e9-2fba-42fe-b0c0-848c9e6a8182',
        'Maintain access to data you have given it access to',
      ],
    ] as const
  ).map(([value, id, title]) => [value, { id, value, title, description: title, adminOnly: false }]),
);
