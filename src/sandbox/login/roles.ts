import { directoryRoles } from '../tenant/directoryRoles.ts';

/** Role template ids by display name. */
const templateIds: ReadonlyMap<string, string> = new Map(
  directoryRoles.map(({ displayName, templateId }) => [displayName, templateId]),
);

/** The `wids` claim for roles given by display name; roles without a known template id are left out. */
export function roleTemplateIds(displayNames: readonly string[]): string[] {
  return displayNames.flatMap((name) => templateIds.get(name) ?? []);
}

/** Roles that may consent to anything for the whole tenant. */
const mayConsentToAll = new Set(['Global Administrator', 'Privileged Role Administrator']);
/** Roles that may consent for the whole tenant, the highly privileged permissions left out. */
const mayConsentToMost = new Set(['Application Administrator', 'Cloud Application Administrator']);
const highlyPrivileged = new Set([
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'RoleManagement.ReadWrite.Directory',
]);

/** Whether an account with these roles may give admin consent to these scopes. */
export function mayConsentForTenant(roles: readonly string[], scopes: readonly string[]): boolean {
  if (roles.some((role) => mayConsentToAll.has(role))) return true;
  return (
    roles.some((role) => mayConsentToMost.has(role)) && !scopes.some((scope) => highlyPrivileged.has(scope))
  );
}
