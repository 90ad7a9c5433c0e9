import * as vscode from 'vscode';
import { cloudSetting } from '../connection/signInRoom.ts';
import { words } from '../words.ts';
import { pick } from './ask.ts';
import { presets } from './presets.ts';
import type { PresetName } from './presets.ts';

/** Asks which state a fresh sandbox tenant starts from. Throws `Cancelled`. */
export async function pickPreset(): Promise<PresetName> {
  const cloud = cloudSetting();
  return await pick(
    cloud === 'global'
      ? vscode.l10n.t('Which sandbox tenant?')
      : vscode.l10n.t('Which sandbox tenant, of the cloud “{0}”?', cloud),
    presets.map(({ name, label, detail }) => ({ label: words(label), detail: words(detail), value: name })),
  );
}
