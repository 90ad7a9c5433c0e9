import * as vscode from 'vscode';
import { text } from '../../guide/text.ts';
import { ask, pick } from './ask.ts';

const day = 86_400_000;

/** Asks when the token was made in the Kiro console, which no API tells: a reminder to rotate it rests on it. */
export async function askMadeAt(now: number): Promise<number> {
  const { l10n } = vscode;
  const made = await pick<number | 'other'>(l10n.t('When was the access token generated?'), [
    { label: l10n.t('Today'), value: now },
    { label: l10n.t('Yesterday'), value: now - day },
    { label: l10n.t('On another date…'), value: 'other' },
  ]);
  if (made !== 'other') return made;
  const typed = await ask({
    title: l10n.t('When was the access token generated?'),
    prompt: l10n.t('The Kiro console shows the date under Access tokens.'),
    placeHolder: 'YYYY-MM-DD',
    check: (value) =>
      dateOf(value, now) === undefined ? text('Enter a past date as YYYY-MM-DD.') : undefined,
  });
  return dateOf(typed, now) ?? now;
}

/** Noon of a local date that is not in the future. */
function dateOf(typed: string, now: number): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed.trim())) return undefined;
  const at = new Date(`${typed.trim()}T12:00:00`).getTime();
  return Number.isNaN(at) || at > now + day / 2 ? undefined : at;
}
