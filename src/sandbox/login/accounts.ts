import type { Account, Tenant } from '../state.ts';
import type { Client } from './clients.ts';
import type { LoginContext } from './context.ts';
import { AadstsError } from './errors.ts';
import { arrangedFor } from './memory.ts';
import type { TokenUser } from './accessTokenClaims.ts';

/** Wrong passwords in a row that lock an account (Microsoft Entra smart lockout). */
const lockoutThreshold = 10;

/** Domains of personal Microsoft accounts. */
const consumerDomains = ['outlook.com', 'hotmail.com', 'live.com', 'msn.com'];

/** The account of this name. Throws 50034, or 50020 for a personal Microsoft account. */
export function findAccount(tenant: Tenant, client: Client, userPrincipalName: string): Account {
  const wanted = userPrincipalName.trim().toLowerCase();
  const account = tenant.accounts.find((one) => one.userPrincipalName.toLowerCase() === wanted);
  if (account) return account;
  if (consumerDomains.includes(wanted.split('@').at(-1) ?? ''))
    throw new AadstsError(50020, wanted, 'live.com', tenant.displayName, client.appId, client.displayName);
  throw new AadstsError(50034, userPrincipalName, tenant.displayName);
}

/** Checks a password. Throws 50053, 50057 or 50126; ten wrong ones in a row lock the account. */
export function checkPassword(context: LoginContext, account: Account, password: string): void {
  const arranged = arrangedFor(context.memory, account.userId);
  if (arranged.wrongPasswords >= lockoutThreshold) throw new AadstsError(50053);
  if (account.password !== password) {
    arranged.wrongPasswords += 1;
    throw new AadstsError(50126);
  }
  arranged.wrongPasswords = 0;
  personOf(context.state.tenant, account);
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
    givenName: user.givenName,
    surname: user.surname,
    mail: user.mail,
    guest: user.userType === 'Guest',
  };
}

/**
 * Throws 50105 unless the client lets everyone in or the person is assigned: directly, or as a direct member of an
 * assigned group; members of nested groups are not, and without Entra ID P1 no group counts.
 */
export function demandAssignment(tenant: Tenant, client: Client, user: TokenUser): void {
  if (!client.assignmentRequired) return;
  for (const assignment of tenant.appRoleAssignments.values()) {
    if (assignment.resourceId !== client.servicePrincipalId) continue;
    if (assignment.principalId === user.id) return;
    if (tenant.premium && tenant.groups.get(assignment.principalId)?.members.has(user.id)) return;
  }
  throw new AadstsError(50105, client.displayName, client.appId, user.userPrincipalName);
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

/**
 * Throws 50194 where an application of this tenant alone is asked for on an authority for many tenants, 9002332 on
 * the one for personal accounts, 90002 for a tenant that is not here.
 */
export function demandAuthority(tenant: Tenant, client: Client, name: string): void {
  const wanted = name.toLowerCase();
  if (wanted === 'consumers') throw new AadstsError(9002332, client.appId, client.displayName);
  demandTenant(tenant, name);
  if (['common', 'organizations'].includes(wanted) && !client.multiTenant)
    throw new AadstsError(50194, client.appId, client.displayName);
}

/** Throws 90002 for a tenant that is not here. */
export function demandTenant(tenant: Tenant, name: string): void {
  if (name.toLowerCase() !== 'consumers' && !isThisTenant(tenant, name)) throw new AadstsError(90002, name);
}
