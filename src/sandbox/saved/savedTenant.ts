import * as v from 'valibot';
import type { LoginMemory } from '../login/memory.ts';
import type { Memory } from '../provisioning/memory.ts';
import type { Kiro, Tenant } from '../state.ts';
import { kiroSchema } from './kiroSchema.ts';
import { loginSchema, restoredLogin, writableLogin } from './loginSchema.ts';
import { mapOf, maybe, setOfStrings } from './parts.ts';
import { tenantSchema } from './tenantSchema.ts';

/** What one tenant of a sandbox is made of. */
export interface SavedTenant {
  readonly tenant: Tenant;
  readonly kiro: Kiro;
  readonly login: LoginMemory;
  /** What the provisioning service remembers, by service principal id. */
  readonly memories: ReadonlyMap<string, Memory>;
}

const memory: v.GenericSchema<unknown, Memory> = v.object({
  exported: mapOf(v.string()),
  members: mapOf(setOfStrings),
  escrows: mapOf(
    v.object({ attempts: v.number(), nextAt: v.number(), since: v.number(), reference: v.boolean() }),
  ),
  references: mapOf(setOfStrings),
  groups: setOfStrings,
  deletedAt: mapOf(v.number()),
  initialDone: v.boolean(),
  watermark: maybe(v.number()),
  everyone: v.boolean(),
  deletesAllowed: v.boolean(),
});

/** A tenant as it stands in the file; {@link restored} makes the rest of it. */
export const savedTenantSchema = v.object({
  tenant: tenantSchema,
  kiro: kiroSchema,
  login: loginSchema,
  memories: mapOf(memory),
});

/** A tenant as it is written: accounts are named where they would be repeated. */
export function writableTenant({ login, ...rest }: SavedTenant): Record<string, unknown> {
  return { ...rest, login: writableLogin(login) };
}

/** A tenant as it was before it was written. */
export function restored({ login, ...saved }: v.InferOutput<typeof savedTenantSchema>): SavedTenant {
  return { ...saved, login: restoredLogin(login, saved.tenant.accounts) };
}
