import * as vscode from 'vscode';
import type { JournalEntry } from '../../engine/session.ts';
import { toJson } from '../../guide/json.ts';
import { dateTime } from '../words.ts';
import { outline } from './outline.ts';

/** The journal as a document, newest first: each request with its outcome. The journal itself holds no secret. */
export function journalText(entries: readonly JournalEntry[], account: string): string {
  const { l10n } = vscode;
  const head = [
    `# ${l10n.t('What was changed')}`,
    `# ${l10n.t('Every request that was sent to change the tenant, newest first. Signed in now: {0}', account)}`,
    '',
  ];
  if (entries.length === 0) return [...head, l10n.t('Nothing was changed yet.'), ''].join('\n');
  const byId = new Map<string, JournalEntry[]>();
  for (const entry of entries) byId.set(entry.id, [...(byId.get(entry.id) ?? []), entry]);
  return [...head, ...[...byId.values()].reverse().flatMap(section)].join('\n');
}

function section(entries: readonly JournalEntry[]): readonly string[] {
  const { l10n } = vscode;
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) return [];
  return [
    `${dateTime(first.at)} · ${first.titles.join(', ')}:`,
    `  ${l10n.t('outcome')}: ${outcome(last)}`,
    `  ${l10n.t('by')}: ${first.account}`,
    `  ${l10n.t('request')}: ${first.method} ${first.path}`,
    ...(first.body === undefined ? [] : outline(toJson({ [l10n.t('sent')]: first.body }), 2)),
    ...(first.inverse === undefined ? [] : outline(toJson({ [l10n.t('takes it back')]: first.inverse }), 2)),
    ...(last.requestId === undefined ? [] : [`  request-id: ${last.requestId}`]),
    ...(last.note === undefined ? [] : [`  ${l10n.t('note')}: ${last.note}`]),
    '',
  ];
}

function outcome({ phase, status }: JournalEntry): string {
  const { l10n } = vscode;
  const answer = status === undefined ? '' : ` (HTTP ${status})`;
  switch (phase) {
    case 'intended':
      return l10n.t('sent, its outcome is not known; the next check shows it');
    case 'created':
    case 'done':
      return l10n.t('done') + answer;
    case 'failed':
      return l10n.t('failed') + answer;
  }
}
