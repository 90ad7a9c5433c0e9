import * as vscode from 'vscode';
import { words } from '../words.ts';
import { pick } from './ask.ts';
import { presets } from './presets.ts';
import type { PresetName } from './presets.ts';

/** Asks which state a fresh sandbox tenant starts from. Throws `Cancelled`. */
export async function pickPreset(): Promise<PresetName> {
  return await pick(
    vscode.l10n.t('Which sandbox tenant?'),
    presets.map(({ name, label, detail }) => ({ label: words(label), detail: words(detail), value: name })),
  );
}
