import type { Account, Tenant } from '../state.ts';

/** Tells the accounts of guests where they are at home: the tenant in which the same address is a member's. */
export function tellHomes(tenants: readonly Tenant[]): void {
  for (const tenant of tenants)
    for (const account of tenant.accounts) {
      if (tenant.users.get(account.userId)?.userType !== 'Guest') continue;
      for (const other of tenants) {
        const atHome = other === tenant ? undefined : memberNamed(other, account.userPrincipalName);
        if (atHome) account.home = { tenantId: other.id, userId: atHome.userId };
      }
    }
}

/** The tenant of which a person with this name is a member. */
export function homeOf<T extends { readonly tenant: Tenant }>(
  tenants: readonly T[],
  userPrincipalName: string,
): T | undefined {
  return tenants.find(({ tenant }) => memberNamed(tenant, userPrincipalName) !== undefined);
}

/** The account of a person in a tenant in which they are a guest. */
export function guestAccount(tenant: Tenant, atHome: Account): Account | undefined {
  return tenant.accounts.find(({ home }) => home?.userId === atHome.userId);
}

/** Accounts of everybody who is at home in one of the tenants. */
export function everybody(tenants: readonly Tenant[]): Account[] {
  return tenants.flatMap(({ accounts }) => accounts.filter(({ home }) => home === undefined));
}

function memberNamed(tenant: Tenant, userPrincipalName: string): Account | undefined {
  const wanted = userPrincipalName.trim().toLowerCase();
  return tenant.accounts.find(
    ({ userId, userPrincipalName: name }) =>
      name.toLowerCase() === wanted && tenant.users.get(userId)?.userType !== 'Guest',
  );
}
