import { issueGraphToken } from './login/tokens.ts';
import type { LoginKeys } from './login/tokens.ts';
import type { SandboxState } from './state.ts';

/** Every delegated scope that the five steps, the logs, and the sandbox's other operations need (Microsoft Graph: permissions reference). */
export const allScopes = [
  'User.Read',
  'User.ReadBasic.All',
  'User.Read.All',
  'User.ReadWrite.All',
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Synchronization.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'Group.Read.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Organization.Read.All',
  'Domain.Read.All',
  'ProvisioningLog.Read.All',
  'AuditLog.Read.All',
  'Directory.Read.All',
  'RoleManagement.Read.Directory',
  'RoleEligibilitySchedule.Read.Directory',
  'RoleAssignmentSchedule.ReadWrite.Directory',
  'Policy.Read.All',
  'Policy.ReadWrite.ConditionalAccess',
  'Policy.ReadWrite.Authorization',
] as const;

const day = 24 * 60 * 60;

/** A delegated token for Microsoft Graph of the account that holds a role, valid a day. */
export async function tokenOf(
  role: string | undefined,
  context: { readonly state: SandboxState; readonly keys: LoginKeys; readonly scopes?: readonly string[] },
): Promise<string> {
  const { tenant } = context.state;
  const account = tenant.accounts.find((one) =>
    role === undefined ? one.roles.length === 0 : one.roles.includes(role),
  );
  const user = account && tenant.users.get(account.userId);
  if (!account || !user) throw new Error(`No account holds the role '${role ?? 'none'}'.`);
  return issueGraphToken(context.keys, {
    tenantId: tenant.id,
    cloud: tenant.cloud,
    user: {
      id: user.id,
      userPrincipalName: user.userPrincipalName,
      displayName: user.displayName,
      roles: account.roles,
    },
    scopes: context.scopes ?? allScopes,
    lifetimeSeconds: day,
  });
}
