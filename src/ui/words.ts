import * as vscode from 'vscode';
import { format } from '../guide/text.ts';
import type { Text } from '../guide/text.ts';

/** Writes a sentence of `guide/` in the language of VS Code, moments as local clock time. */
export function words(text: Text): string {
  return format(text, { translate: (message, ...args) => vscode.l10n.t(message, ...args), clock: clockTime });
}

/** Local clock time; another day than today is named with it. */
export function clockTime(at: number): string {
  const moment = new Date(at);
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  const today = moment.toDateString() === new Date().toDateString();
  return moment.toLocaleString(vscode.env.language, today ? time : { weekday: 'short', ...time });
}

/** A date and clock time in full, for what lies longer back. */
export function dateTime(at: number): string {
  return new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
}
