import * as vscode from 'vscode';
import type { Link } from '../../guide/diagnosis/person.ts';
import type { PersonChain } from '../../guide/diagnosis/personChain.ts';
import { plainQuotes } from '../apply/previewText.ts';
import { clockTime, words } from '../words.ts';

/** The chain as a document: the answer on top, then every link with what was seen. */
export function chainText(chain: PersonChain): string {
  const { l10n } = vscode;
  const lines = [
    l10n.t("Why can't {0} use Kiro?", chain.who),
    words(chain.headline),
    ...(chain.appears ? [l10n.t('When will they appear? {0}', words(chain.appears.said))] : []),
    '',
    ...chain.links.flatMap((link, index) => linkLines(link, index + 1)),
    ...(chain.canLookDeeper
      ? [
          l10n.t(
            'More can be read with permission that was not asked for so far: choose "Look deeper" in the message.',
          ),
          '',
        ]
      : []),
    l10n.t('Nothing was changed: all of this was only read.'),
  ];
  return plainQuotes(lines.join('\n'));
}

function linkLines(link: Link, number: number): readonly string[] {
  const { l10n } = vscode;
  const { title, status, evidence, remedy, until } = link;
  return [
    `${number}. ${words(title)}: ${stateOf(link)}`,
    `   ${words(evidence)}`,
    ...(until === undefined ? [] : [`   ${l10n.t('Until about {0}', clockTime(until))}`]),
    ...(remedy === undefined ? [] : [`   ${remedyLabel(status)}: ${words(remedy)}`]),
    '',
  ];
}

function stateOf({ status, minor }: Link): string {
  const { l10n } = vscode;
  switch (status) {
    case 'ok':
      return `✓ ${l10n.t('all right')}`;
    case 'broken':
      return minor === true ? `! ${l10n.t('amiss')}` : `✗ ${l10n.t('broken')}`;
    case 'waiting':
      return `… ${l10n.t('waiting')}`;
    case 'unknown':
      return `? ${l10n.t('not known')}`;
  }
}

function remedyLabel(status: Link['status']): string {
  const { l10n } = vscode;
  switch (status) {
    case 'ok':
      return l10n.t('Good to know');
    case 'broken':
      return l10n.t('Cure');
    case 'waiting':
      return l10n.t('Meanwhile');
    case 'unknown':
      return l10n.t('To know it');
  }
}
