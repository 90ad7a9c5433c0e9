import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import type { PersonSignedIn } from '../../entra/signIn/personSignIn.ts';
import { explainSignInError, signInErrorCode } from '../../guide/diagnosis/aadsts.ts';
import { checkKiroTokens, type TokenCheck } from '../../guide/diagnosis/kiroTokens.ts';
import { kiroLoopbackPorts, kiroSignInPath, signInScope } from '../../guide/kiro.ts';
import { valueOf } from '../../guide/snapshot.ts';
import type { ReadOnlyDocuments } from '../apply/readOnlyDocuments.ts';
import { commandIds } from '../commandIds.ts';
import { isCancelled } from '../errors.ts';
import { words } from '../words.ts';
import { refusedText, tokensText } from './signInTestText.ts';
import { BrowserWait } from '../connection/browserWait.ts';

const path = '/sign-in-test.kiro-plan';

/**
 * Signs somebody in as Kiro's own client does, with the application itself, and says whether Kiro can work with what comes
 * back. The tokens are dropped at once; only what they claim is shown.
 */
export async function testSignIn(session: Session, documents: ReadOnlyDocuments): Promise<void> {
  const observation = session.current;
  const application = observation && valueOf(observation.snapshot.application);
  if (!application)
    throw new Error(vscode.l10n.t('There is no application to sign in to yet: do step 1 first.'));
  const { snapshot } = observation;
  const { connection } = session;
  const [{ signInAsPerson }, { clouds }] = await Promise.all([
    import('../../entra/signIn/personSignIn.ts'),
    import('../../entra/clouds.ts'),
  ]);
  const browser = new BrowserWait(
    vscode.l10n.t('Sign in as somebody who is to use Kiro. If the page shows an error, cancel here'),
  );
  let result: PersonSignedIn;
  try {
    result = await browser.during((signal) =>
      signInAsPerson({
        cloud: clouds[connection.cloud.id],
        tenantId: connection.tenantId,
        clientId: application.appId,
        scope: signInScope(application.appId),
        ports: kiroLoopbackPorts,
        path: kiroSignInPath,
        openBrowser: (url) => browser.open(url),
        ...(connection.kind === 'sandbox' && { sandboxLogin: connection.endpoints.login }),
        signal,
      }),
    );
  } catch (error) {
    if (isCancelled(error)) offerCode(documents, application.appId);
    throw error;
  }
  if (result.kind === 'refused') {
    await documents.show(path, refusedText(result, application.appId));
    sayRefused(result.code, result.message);
    return;
  }
  const checks = checkKiroTokens(result, {
    appId: application.appId,
    tenantId: connection.tenantId,
    people: valueOf(snapshot.scim)?.users,
  });
  await documents.show(path, tokensText(checks, result));
  sayChecks(checks);
}

function sayChecks(checks: readonly TokenCheck[]): void {
  const wrong = checks.find(({ ok }) => ok === false);
  if (wrong) {
    say(vscode.window.showWarningMessage, words(wrong.explanation), wrong.requirement);
    return;
  }
  const unsure = checks.find(({ ok }) => ok === 'unknown');
  const fine = vscode.l10n.t('The sign-in works: Kiro can use the tokens that this person gets.');
  say(
    vscode.window.showInformationMessage,
    unsure ? `${fine} ${words(unsure.explanation)}` : fine,
    undefined,
  );
}

function sayRefused(code: string | undefined, message: string): void {
  const known = code === undefined ? undefined : explainSignInError(code.replace('AADSTS', ''));
  if (!known) {
    say(vscode.window.showWarningMessage, code === undefined ? message : `${code}: ${message}`, undefined);
    return;
  }
  if (code === 'AADSTS50105') {
    const expected = vscode.l10n.t(
      'Entra kept this person out (AADSTS50105), as it should: they are in no assigned group. Add them to one if they are to use Kiro.',
    );
    say(vscode.window.showInformationMessage, expected, undefined);
    return;
  }
  const sentence = `${words(known.cause)} ${words(known.cure)} (${code ?? ''})`;
  say(vscode.window.showWarningMessage, sentence, known.requirement);
}

/** Some refusals stay on Microsoft's page and never come back: the admin may type what it said. */
function offerCode(documents: ReadOnlyDocuments, appId: string): void {
  const enter = vscode.l10n.t('Enter the code');
  const sentence = vscode.l10n.t(
    'The test was ended. If Microsoft’s page showed a code, this tool can explain it.',
  );
  void vscode.window.showInformationMessage(sentence, enter).then(async (choice) => {
    if (choice !== enter) return;
    const typed = await vscode.window.showInputBox({
      title: vscode.l10n.t('Code of the sign-in page'),
      placeHolder: 'AADSTS50011',
      validateInput: (value) =>
        value === '' || signInErrorCode(value) !== undefined
          ? undefined
          : vscode.l10n.t('A code looks like AADSTS50011.'),
    });
    const code = signInErrorCode(typed ?? '');
    if (code === undefined) return;
    const refused = { code: `AADSTS${code}`, message: '', portsTaken: [] };
    await documents.show(path, refusedText(refused, appId));
    sayRefused(refused.code, refused.message);
  });
}

function say(
  show: (message: string, ...items: string[]) => Thenable<string | undefined>,
  sentence: string,
  requirement: string | undefined,
): void {
  const mend = vscode.l10n.t('Apply what mends it');
  const mendable = requirement?.startsWith('configuration.') === true;
  // Not awaited: the command is over, whenever the message is closed.
  void show(sentence, ...(mendable ? [mend] : [])).then((choice) => {
    if (choice === mend) void vscode.commands.executeCommand(commandIds.applyRequirement, requirement);
  });
}
