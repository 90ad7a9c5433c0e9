/** A delegated scope as the consent page shows it. */
export interface ScopeInfo {
  readonly value: string;
  readonly title: string;
  readonly description: string;
  /** Only an administrator may consent. */
  readonly adminOnly: boolean;
}

/** Scopes that people may consent to for themselves. */
const forEveryone: readonly (readonly [string, string])[] = [
  ['User.Read', 'Sign you in and read your profile'],
  ['User.ReadBasic.All', "Read all users' basic profiles"],
];

/** Scopes that only an administrator may consent to (Microsoft Graph permissions reference). */
const forAdministrators: readonly (readonly [string, string])[] = [
  ['User.Read.All', "Read all users' full profiles"],
  ['User.ReadWrite.All', "Read and write all users' full profiles"],
  ['Group.Read.All', 'Read all groups'],
  ['Group.ReadWrite.All', 'Read and write all groups'],
  ['GroupMember.Read.All', 'Read group memberships'],
  ['GroupMember.ReadWrite.All', 'Read and write group memberships'],
  ['Directory.Read.All', 'Read directory data'],
  ['Directory.ReadWrite.All', 'Read and write directory data'],
  ['Organization.Read.All', 'Read organization information'],
  ['Domain.Read.All', 'Read domains'],
  ['Application.Read.All', 'Read applications'],
  ['Application.ReadWrite.All', 'Read and write all applications'],
  ['AppRoleAssignment.ReadWrite.All', 'Manage app permission grants and app role assignments'],
  ['DelegatedPermissionGrant.Read.All', 'Read delegated permission grants'],
  ['DelegatedPermissionGrant.ReadWrite.All', 'Manage all delegated permission grants'],
  ['Synchronization.Read.All', 'Read all Azure AD synchronization data'],
  ['Synchronization.ReadWrite.All', 'Read and write all Azure AD synchronization data'],
  ['AuditLog.Read.All', 'Read audit log data'],
  ['ProvisioningLog.Read.All', 'Read all provisioning log data'],
  ['Policy.Read.All', "Read your organization's policies"],
  ['LicenseAssignment.Read.All', 'Read all license assignments'],
  ['RoleManagement.Read.Directory', 'Read directory RBAC settings'],
  ['RoleManagement.ReadWrite.Directory', 'Read and write directory RBAC settings'],
  ['RoleEligibilitySchedule.Read.Directory', 'Read all eligible role assignments for your directory'],
  ['Reports.Read.All', 'Read all usage reports'],
];

/** Delegated scopes of Microsoft Graph that the sandbox knows; any other is refused with AADSTS650053. */
export const graphScopes: ReadonlyMap<string, ScopeInfo> = new Map(
  [
    ...forEveryone.map(([value, title]) => ({ value, title, adminOnly: false })),
    ...forAdministrators.map(([value, title]) => ({ value, title, adminOnly: true })),
  ].map((scope) => [scope.value, { ...scope, description: `Allows the application to: ${scope.title}.` }]),
);
