import type { Tenant } from '../state.ts';

/** Lets saved credentials that name the SCIM server's address of an earlier start name the one of this start. */
export function moveScim(tenant: Tenant, from: string, to: string): void {
  for (const { secrets } of tenant.synchronization.values())
    for (const secret of secrets)
      if (secret.value === from || secret.value.startsWith(`${from}/`))
        secret.value = to + secret.value.slice(from.length);
}
