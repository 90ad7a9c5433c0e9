import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { carryOut } from './carryOut.ts';

/** Set-ups in which nothing is wrong. */
const healthy: readonly (readonly [string, Partial<SandboxOptions>])[] = [
  ['healthy', {}],
  [
    'healthy, reads lag',
    { lag: { objects: 2_000, lists: 5_000, templates: 10_000, targets: 10_000, logs: 120_000 } },
  ],
  ['synced:20', { preset: 'synced:20' }],
  ['msp-three-tenants, the first of them', { preset: 'msp-three-tenants' }],
];

/** What the tool holds for wrong where nothing is; one sentence an alarm. */
export async function alarms(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [name, from] of healthy) {
    const { causes } = await carryOut({ name, from, broken: [], cause: '' });
    for (const { id, evidence } of causes) found.push(`${name}: ${id}: ${evidence}`);
  }
  return found;
}
