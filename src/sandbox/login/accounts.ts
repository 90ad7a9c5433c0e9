import type { Account, Tenant } from '../state.ts';
import type { Client } from './clients.ts';
import { AadstsError } from './errors.ts';
import type { TokenUser } from './tokens.ts';

/** Checks name and password. Throws 50034, 50057 or 50126. */
export function signIn(tenant: Tenant, userPrincipalName: string, password: string): Account {
  const wanted = userPrincipalName.trim().toLowerCase();
  const account = tenant.accounts.find((one) => one.userPrincipalName.toLowerCase() === wanted);
  if (!account) throw new AadstsError(50034, userPrincipalName, tenant.displayName);
  if (account.password !== password) throw new AadstsError(50126);
  personOf(tenant, account);
  return account;
}

/** The person behind an account as tokens name them. Throws 50034 when deleted, 50057 when disabled. */
export function personOf(tenant: Tenant, account: Account): TokenUser {
  const user = tenant.users.get(account.userId);
  if (!user) throw new AadstsError(50034, account.userPrincipalName, tenant.displayName);
  if (!user.accountEnabled) throw new AadstsError(50057);
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    displayName: user.displayName,
    roles: account.roles,
  };
}

/**
 * Throws 50105 unless the client lets everyone in or the person is assigned: directly, or as a direct member of an
 * assigned group; members of nested groups are not.
 */
export function demandAssignment(tenant: Tenant, client: Client, user: TokenUser): void {
  if (!client.assignmentRequired) return;
  for (const assignment of tenant.appRoleAssignments.values()) {
    if (assignment.resourceId !== client.servicePrincipalId) continue;
    if (assignment.principalId === user.id) return;
    if (tenant.groups.get(assignment.principalId)?.members.has(user.id)) return;
  }
  throw new AadstsError(50105, client.appId, client.displayName, user.userPrincipalName);
}

/** Whether `name` in an authority's path means this tenant. */
export function isThisTenant(tenant: Tenant, name: string): boolean {
  const wanted = name.toLowerCase();
  return (
    wanted === tenant.id ||
    ['organizations', 'common', tenant.defaultDomain.toLowerCase()].includes(wanted) ||
    tenant.verifiedDomains.some((domain) => domain.toLowerCase() === wanted)
  );
}
