import type { JWK } from 'jose';
import * as v from 'valibot';
import { newLoginMemory } from '../login/context.ts';
import type { LoginMemory } from '../login/context.ts';
import { importKeys } from '../login/tokens.ts';
import type { LoginKeys } from '../login/tokens.ts';
import { presetNames } from '../presets/presets.ts';
import type { PresetName } from '../presets/presets.ts';
import type { Memory } from '../provisioning/run.ts';
import type { DnsData, Kiro, Tenant } from '../state.ts';
import { dnsSchema, kiroSchema } from './kiroSchema.ts';
import { anyObject, mapOf, setOfStrings, toJson } from './parts.ts';
import { tenantSchema } from './tenantSchema.ts';

/** Raised with every change of what a saved state holds: one of another version is not read. */
const version = 2;

/** Everything that a sandbox tenant is made of, apart from the process that serves it. */
export interface SavedState {
  readonly preset: PresetName;
  /** Milliseconds that its clock is ahead of the machine's. */
  readonly clockAhead: number;
  /** Where the servers listened, to be asked for again. */
  readonly ports: Ports;
  /** Origin of the SCIM server, as saved credentials name it. */
  readonly scimOrigin: string;
  readonly tenant: Tenant;
  readonly kiro: Kiro;
  readonly dns: DnsData;
  readonly keys: LoginKeys;
  readonly login: LoginMemory;
  /** What the provisioning service remembers, by service principal id. */
  readonly memories: ReadonlyMap<string, Memory>;
}

/** Ports of the servers; 0 stands for any that is free. */
export interface Ports {
  readonly graph: number;
  readonly login: number;
  readonly scim: number;
  readonly console: number;
  readonly control: number;
  readonly dns: number;
}

const port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));

const memory: v.GenericSchema<unknown, Memory> = v.object({
  exported: mapOf(v.string()),
  members: mapOf(setOfStrings),
  escrows: mapOf(v.object({ attempts: v.number(), nextAt: v.number() })),
  groups: setOfStrings,
  deletedAt: mapOf(v.number()),
  initialDone: v.boolean(),
});

const schema = v.object({
  version: v.literal(version),
  preset: v.picklist(presetNames),
  clockAhead: v.number(),
  ports: v.object({ graph: port, login: port, scim: port, console: port, control: port, dns: port }),
  scimOrigin: v.pipe(v.string(), v.url()),
  tenant: tenantSchema,
  kiro: kiroSchema,
  dns: dnsSchema,
  key: anyObject,
  login: v.object({
    refreshTokens: mapOf(v.object({ clientId: v.string(), userId: v.string(), scope: v.string() })),
    firstParty: mapOf(setOfStrings),
  }),
  memories: mapOf(memory),
});

/** A saved state as text. Holds passwords, tokens and the private signing key: for files of the owner alone. */
export function writeSaved(state: Omit<SavedState, 'keys'>, key: JWK): string {
  const { login, dns, ...rest } = state;
  const refreshTokens = [...login.refreshTokens].map(([token, { account, ...one }]) => [
    token,
    { ...one, userId: account.userId },
  ]);
  const saved = {
    version,
    ...rest,
    dns: { zones: dns.zones, txt: dns.txt },
    key,
    login: { ...login, refreshTokens },
  };
  return `${toJson(saved)}\n`;
}

/** Reads a saved state whole. Throws when anything in it is not as {@link writeSaved} writes it. */
export async function readSaved(text: string): Promise<SavedState> {
  const { key, login, ...saved } = v.parse(schema, JSON.parse(text));
  const kept = { ...newLoginMemory(), firstParty: login.firstParty };
  for (const [token, { userId, ...one }] of login.refreshTokens) {
    const account = saved.tenant.accounts.find((other) => other.userId === userId);
    if (account) kept.refreshTokens.set(token, { ...one, account });
  }
  return { ...saved, keys: await importKeys(key), login: kept };
}
