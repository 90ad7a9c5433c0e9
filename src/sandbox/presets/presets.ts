import type { SandboxState } from '../state.ts';

/** States that a sandbox can start from. */
export const presetNames = ['blank'] as const;
export type PresetName = (typeof presetNames)[number];

/** Brings a fresh state into the one that the preset names. */
export function applyPreset(name: PresetName, state: SandboxState): void {
  if (name !== 'blank') throw new Error(`The tenant '${state.tenant.displayName}' has no such preset.`);
}
