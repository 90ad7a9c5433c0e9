import * as vscode from 'vscode';
import type { LeavingReport } from '../../engine/leaving/desk.ts';
import { whyNotChangeable, type KiroState, type LeavingView } from '../../guide/leaving/leavingPaths.ts';
import type { Observed } from '../../guide/snapshot.ts';
import { plainQuotes } from '../apply/previewText.ts';
import { words } from '../words.ts';

/** What gives one person access, as a document; nothing was changed yet. */
export function pathsText(view: LeavingView): string {
  const { l10n } = vscode;
  const { person, direct, groups } = view;
  return plainQuotes(
    [
      l10n.t('What gives {0} access to Kiro?', nameOf(view)),
      '',
      l10n.t('1. Assigned directly: {0}', direct.length === 0 ? l10n.t('no') : l10n.t('yes')),
      l10n.t('2. Direct member of assigned groups: {0}', groups.length),
      ...groups.flatMap((group) => {
        const why = whyNotChangeable(group);
        return [`   ${group.displayName}`, ...(why ? [`      ${words(why)}`] : [])];
      }),
      l10n.t('3. In Kiro: {0}', stateWord(view.inKiro)),
      '',
      ...(view.openToEveryone ? [everyone(), ''] : []),
      ...(person.guest ? [l10n.t('The person is a guest of this tenant.'), ''] : []),
      l10n.t('Nothing was changed yet: all of this was only read.'),
      '',
    ].join('\n'),
  );
}

/** How a removal ended, and what stays open however it ended. */
export function reportText(view: LeavingView, report: LeavingReport): string {
  const { l10n } = vscode;
  const { displayName: name } = view.person;
  return plainQuotes(
    [
      l10n.t('The access of {0}', nameOf(view)),
      '',
      words(report.summary),
      l10n.t('In Kiro: {0}', stateWord(report.inKiro)),
      '',
      ...(report.result !== 'done' || report.left.direct + report.left.groups.length > 0
        ? []
        : [
            l10n.t('What stays open'),
            `   ${l10n.t('A session of {0} in Kiro goes on until its next token refresh; Kiro has no forced sign-out.', name)}`,
            `   ${l10n.t('The seat stays, and is billed, until it is deleted in the Kiro console, under Subscriptions.')}`,
            `   ${l10n.t('It is kept as a task in step 5 until you tick it.')}`,
            `   ${l10n.t('In Kiro, {0} stays a member of groups until the next cycle; as an inactive member.', name)}`,
            '',
          ]),
      ...(view.openToEveryone ? [everyone(), ''] : []),
    ].join('\n'),
  );
}

function everyone(): string {
  return vscode.l10n.t(
    'The application requires no assignment, so everyone in the tenant can sign in to it, this person too. Require assignment in the Entra admin center.',
  );
}

function nameOf({ person }: LeavingView): string {
  return `${person.displayName} <${person.userPrincipalName}>`;
}

function stateWord(state: Observed<KiroState>): string {
  const { l10n } = vscode;
  if (!state.known) return words(state.detail);
  switch (state.value) {
    case 'active':
      return l10n.t('active');
    case 'inactive':
      return l10n.t('inactive');
    case 'none':
      return l10n.t('no record');
  }
}
