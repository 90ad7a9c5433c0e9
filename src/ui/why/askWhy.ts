import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import type { PersonAccount } from '../../guide/diagnosis/person.ts';
import type { PersonChain } from '../../guide/diagnosis/personChain.ts';
import { text } from '../../guide/text.ts';
import type { ReadOnlyDocuments } from '../apply/readOnlyDocuments.ts';
import { commandIds } from '../commandIds.ts';
import { signalOf } from '../inputs/abort.ts';
import { ask, pick } from '../inputs/ask.ts';
import { words } from '../words.ts';
import { chainText } from './chainText.ts';
import { callOfLink, labelOfLink } from './linkCall.ts';

const path = '/why-this-person.kiro-plan';

/** Asks whom, reads the whole chain, shows it, and offers what mends the first broken link. */
export async function askWhy(
  session: Session,
  documents: ReadOnlyDocuments,
  given: string | undefined,
): Promise<void> {
  const typed =
    given ??
    (await ask({
      title: vscode.l10n.t("Why can't this person use Kiro?"),
      prompt: vscode.l10n.t('The address they type on the Kiro sign-in page, their account, or their name.'),
      placeHolder: 'grace@contoso.com',
      check: (value) => (value.trim() === '' ? text('Enter an address or a name.') : undefined),
    }));
  await answer(session, documents, typed.trim(), {});
}

async function answer(
  session: Session,
  documents: ReadOnlyDocuments,
  typed: string,
  more: { readonly account?: PersonAccount; readonly deeper?: boolean },
): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Looking at everything between {0} and Kiro', typed),
    cancellable: true,
  };
  const found = await vscode.window.withProgress(options, (_progress, token) =>
    session.people.why(typed, { ...more, signal: signalOf(token) }),
  );
  if ('several' in found) {
    const account = await pick(
      vscode.l10n.t('Several people are called so. Who is meant?'),
      found.several.map((one) => ({
        label: one.displayName,
        description: one.userPrincipalName,
        value: one,
      })),
    );
    await answer(session, documents, typed, { ...more, account });
    return;
  }
  const { chain } = found;
  await documents.show(path, chainText(chain));
  offer(chain, (account) => answer(session, documents, typed, { deeper: true, ...(account && { account }) }));
}

/** The answer in a sentence, with what mends it. Not awaited: the command is over, whenever the message is closed. */
function offer(chain: PersonChain, lookDeeper: (account: PersonAccount | undefined) => Promise<void>): void {
  const { culprit, headline, canLookDeeper } = chain;
  const mend = culprit && labelOfLink(culprit);
  const deeper = vscode.l10n.t('Look deeper');
  const portal = vscode.l10n.t('Open in the portal');
  const buttons = [
    ...(mend === undefined ? [] : [mend]),
    ...(mend === undefined && culprit?.portal !== undefined ? [portal] : []),
    ...(canLookDeeper ? [deeper] : []),
  ];
  const show =
    culprit?.status === 'broken' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(words(headline), ...buttons).then((choice) => {
    if (choice === undefined) return;
    const call = choice === mend && culprit ? callOfLink(culprit) : undefined;
    if (call) void vscode.commands.executeCommand(call.command, ...call.args);
    else if (choice === portal) void vscode.commands.executeCommand(commandIds.openPortal, culprit?.portal);
    else if (choice === deeper) void lookDeeper(chain.account).catch(complain);
  });
}

function complain(error: unknown): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t('Looking deeper ended: {0}', error instanceof Error ? error.message : ''),
  );
}
