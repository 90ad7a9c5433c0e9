import type { JWK } from 'jose';
import * as v from 'valibot';
import { importKeys } from '../login/tokens.ts';
import type { LoginKeys } from '../login/tokens.ts';
import { readPreset } from '../presets/presets.ts';
import type { PresetName } from '../presets/presets.ts';
import type { DnsData } from '../state.ts';
import { jsonPieces } from './jsonPieces.ts';
import { dnsSchema } from './kiroSchema.ts';
import { anyObject } from './parts.ts';
import { restored, savedTenantSchema, writableTenant } from './savedTenant.ts';
import type { SavedTenant } from './savedTenant.ts';

/** Raised with every change of what a saved state holds: one of another version is not read. */
const version = 3;

/** Everything that a sandbox is made of, apart from the process that serves it. */
export interface SavedState {
  readonly preset: PresetName;
  /** Milliseconds that its clock is ahead of the machine's. */
  readonly clockAhead: number;
  /** Where the servers listened, to be asked for again. */
  readonly ports: Ports;
  /** Origin of the SCIM server, as saved credentials name it. */
  readonly scimOrigin: string;
  readonly dns: DnsData;
  readonly keys: LoginKeys;
  /** First the one that the sandbox's line describes. */
  readonly tenants: readonly SavedTenant[];
}

/** Ports of the servers; 0 stands for any that is free. */
export interface Ports {
  readonly graph: number;
  readonly login: number;
  readonly scim: number;
  readonly console: number;
  readonly control: number;
  readonly dns: number;
  /** Kiro's consoles of the tenants after the first. */
  readonly consoles: readonly number[];
}

const port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));

const schema = v.object({
  version: v.literal(version),
  preset: v.pipe(
    v.string(),
    v.transform(readPreset),
    v.check((name) => name !== undefined),
    v.transform((name) => name ?? 'blank'),
  ),
  clockAhead: v.number(),
  ports: v.object({
    graph: port,
    login: port,
    scim: port,
    console: port,
    control: port,
    dns: port,
    consoles: v.array(port),
  }),
  scimOrigin: v.pipe(v.string(), v.url()),
  dns: dnsSchema,
  key: anyObject,
  tenants: v.pipe(v.array(savedTenantSchema), v.minLength(1)),
});

/**
 * A saved state as text, in pieces that are made one by one. Holds passwords, tokens and the private signing key: for
 * files of the owner alone.
 */
export function writeSaved(state: Omit<SavedState, 'keys'>, key: JWK): Iterable<string> {
  const { dns, tenants, ...rest } = state;
  const saved = {
    version,
    ...rest,
    dns: { zones: dns.zones, txt: dns.txt, extras: dns.extras },
    key,
    tenants: tenants.map(writableTenant),
  };
  const plain = tenants.flatMap(({ tenant, kiro, memories }) => [
    tenant.users,
    kiro.profile?.users,
    ...[...tenant.synchronization.values()].map(({ job }) => job?.links),
    ...[...memories.values()].map(({ exported }) => exported),
  ]);
  return jsonPieces(saved, new Set(plain));
}

/** Reads a saved state whole. Throws when anything in it is not as {@link writeSaved} writes it. */
export async function readSaved(text: string): Promise<SavedState> {
  const { key, tenants, ...saved } = v.parse(schema, JSON.parse(text));
  return { ...saved, keys: await importKeys(key), tenants: tenants.map(restored) };
}
