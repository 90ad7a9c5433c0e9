/**
 * Permissions that signing in asks for: all of them read, none writes. Writing ones are asked for when a change needs
 * them. Source: the permission tables of the Microsoft Graph operations in `entra/`.
 */
export const readScopes: readonly string[] = [
  // The account itself and its active roles, so that a change that would be refused is not begun.
  'User.Read',
  // The application, its enterprise application and who is assigned to it.
  'Application.Read.All',
  // Whether consent was given for the tenant.
  'DelegatedPermissionGrant.Read.All',
  // The assigned groups, and who is in them.
  'GroupMember.Read.All',
  'User.Read.All',
  // The tenant's name, its domains and its licence.
  'Organization.Read.All',
  // The provisioning job, and what it logged.
  'Synchronization.Read.All',
  'ProvisioningLog.Read.All',
];
