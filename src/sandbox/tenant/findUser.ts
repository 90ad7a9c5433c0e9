import type { GraphUser, Tenant } from '../state.ts';

/** Ids by user principal name in lower case, as they were when it was made. */
const indexes = new WeakMap<Tenant['users'], Map<string, string>>();

/** The person with this object id or user principal name, without regard to case. */
export function findUser(tenant: Tenant, key: string): GraphUser | undefined {
  const wanted = key.toLowerCase();
  return tenant.users.get(wanted) ?? findUserByName(tenant, wanted);
}

/** The person with this user principal name, without regard to case. */
export function findUserByName({ users }: Tenant, name: string): GraphUser | undefined {
  const wanted = name.toLowerCase();
  const known = users.get(indexes.get(users)?.get(wanted) ?? '');
  if (known?.userPrincipalName.toLowerCase() === wanted) return known;
  // People come, go and are renamed: a name that the index doesn't know may still be somebody's.
  const fresh = new Map<string, string>();
  for (const user of users.values()) fresh.set(user.userPrincipalName.toLowerCase(), user.id);
  indexes.set(users, fresh);
  return users.get(fresh.get(wanted) ?? '');
}
