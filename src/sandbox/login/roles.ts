/** Role template ids of the directory roles that matter here, by display name (Microsoft Entra built-in roles). */
const templateIds: ReadonlyMap<string, string> = new Map([
  ['Global Administrator', '62e90394-69f5-4237-9190-012177145e10'],
  ['Application Administrator', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'],
  ['Cloud Application Administrator', '158c047a-c907-4556-b7ef-446551a6b5f7'],
  ['Privileged Role Administrator', 'e8611ab8-c189-46e8-94e1-60213ab1f814'],
  ['Global Reader', 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'],
  ['User Administrator', 'fe930be7-5e62-47db-91af-98c3a49a38b1'],
  ['Reports Reader', '4a5d8f65-41da-4de4-8968-e035b65339cf'],
  ['Security Reader', '5d6b6bb7-de71-4623-b4af-96380a352509'],
]);

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
