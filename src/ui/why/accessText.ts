import * as vscode from 'vscode';
import type {
  AccessOverview,
  AccessPath,
  AccessPerson,
  InKiro,
  LeftOut,
} from '../../guide/diagnosis/access.ts';
import { accessHeadline } from '../../guide/diagnosis/accessHeadline.ts';
import { plainQuotes } from '../apply/previewText.ts';
import { words } from '../words.ts';

/** Who can get Kiro, as a document: the answer on top, then people by the path that gives them access. */
export function accessText(overview: AccessOverview): string {
  const { l10n } = vscode;
  const by = (path: AccessPath): readonly string[] =>
    overview.people.filter(({ paths }) => paths[0] === path).map(personLine);
  return plainQuotes(
    [
      l10n.t('Who can get Kiro, and why?'),
      words(accessHeadline(overview)),
      '',
      ...overview.unseen.map((reason) => `   ${l10n.t('Not everything was seen')}: ${words(reason)}`),
      ...part(1, l10n.t('By an assigned group'), by('group')),
      ...part(2, l10n.t('Assigned directly, by no group'), by('direct')),
      ...part(
        3,
        l10n.t('Left over in Kiro without an assignment; delete their seats in the Kiro console'),
        by('leftOver'),
      ),
      ...part(
        4,
        l10n.t('In or inside an assigned group, and yet get nothing'),
        overview.leftOut.map(leftOutLine),
      ),
      l10n.t('Seats themselves are shown by the Kiro console alone, under Subscriptions.'),
    ].join('\n'),
  );
}

function part(number: number, title: string, lines: readonly string[]): readonly string[] {
  return [`${number}. ${title}: ${lines.length}`, ...lines, ''];
}

function personLine({ name, address, groups, guest, paths, inKiro }: AccessPerson): string {
  const { l10n } = vscode;
  const details = [
    ...(address === undefined ? [] : [address]),
    ...(groups.length === 0 ? [] : [groups.join(', ')]),
    ...(groups.length > 0 && paths.includes('direct') ? [l10n.t('also assigned directly')] : []),
    ...(guest ? [l10n.t('guest')] : []),
    kiroWord(inKiro),
  ];
  return `   ${name} · ${details.join(' · ')}`;
}

function kiroWord(inKiro: InKiro): string {
  const { l10n } = vscode;
  switch (inKiro) {
    case 'yes':
      return l10n.t('in Kiro');
    case 'no':
      return l10n.t('not in Kiro');
    case 'off':
      return l10n.t('switched off in Kiro');
    case 'wrongId':
      return l10n.t('in Kiro under a wrong external ID');
    case 'unknown':
      return l10n.t('Kiro could not be read');
  }
}

function leftOutLine({ name, address, group, why }: LeftOut): string {
  const { l10n } = vscode;
  const because = {
    nested: l10n.t('only in a group inside it'),
    disabled: l10n.t('account disabled'),
    notSecurity: l10n.t('not a security group'),
  }[why];
  return `   ${[name, ...(address === undefined ? [] : [address]), group, because].join(' · ')}`;
}
