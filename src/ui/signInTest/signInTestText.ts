import * as vscode from 'vscode';
import { explainSignInError, signInErrorUrl, type SignInError } from '../../guide/diagnosis/aadsts.ts';
import type { KiroTokens, TokenCheck } from '../../guide/diagnosis/kiroTokens.ts';
import { signInScope } from '../../guide/kiro.ts';
import { words } from '../words.ts';

/** Claims that mean something to Microsoft only ("Access token claims reference"). */
const opaque = new Set(['aio', 'rh', 'uti', 'sid', 'nonce']);

/** What the tokens of a sign-in say, check by check, and all their claims. */
export function tokensText(
  checks: readonly TokenCheck[],
  { claims, portsTaken }: KiroTokens & { readonly portsTaken: readonly number[] },
): string {
  const { l10n } = vscode;
  return [
    `# ${l10n.t('Sign-in as Kiro does it')}`,
    `# ${l10n.t('The tokens were read and dropped. Nothing of them is kept.')}`,
    '',
    ...checks.flatMap(({ name, ok, seen, wanted, explanation }) => [
      `${name}: ${ok === 'unknown' ? '?' : ok ? l10n.t('as it should be') : l10n.t('wrong')}`,
      `  ${l10n.t('seen')}: ${seen === '' ? '–' : seen}`,
      ...(ok === true ? [] : [`  ${l10n.t('wanted')}: ${wanted}`]),
      `  ${words(explanation)}`,
      '',
    ]),
    `${l10n.t('All claims of the access token')}:`,
    ...Object.entries(claims).flatMap(([name, value]) =>
      opaque.has(name) || name.startsWith('xms_') ? [] : [`  ${name}: ${asText(value)}`],
    ),
    '',
    ...portsText(portsTaken),
  ].join('\n');
}

/** Why the sign-in was refused: cause, cure and who can mend it. */
export function refusedText(
  {
    code,
    message,
    portsTaken,
  }: {
    readonly code: string | undefined;
    readonly message: string;
    readonly portsTaken: readonly number[];
  },
  appId: string,
): string {
  const { l10n } = vscode;
  const number = code?.replace('AADSTS', '');
  const known = number === undefined ? undefined : explainSignInError(number);
  return [
    `# ${l10n.t('Sign-in as Kiro does it')}`,
    `# ${l10n.t('Entra refused it: {0}', code ?? message)}`,
    '',
    ...(known
      ? [
          `${l10n.t('Cause')}: ${words(known.cause)}`,
          `${l10n.t('Cure')}: ${words(known.cure)}`,
          `${l10n.t('Who')}: ${whoText(known.who)}`,
        ]
      : []),
    ...(message === '' ? [] : [`${l10n.t('Microsoft says')}: ${message}`]),
    ...(number === undefined ? [] : [`${l10n.t('More')}: ${signInErrorUrl(number)}`]),
    '',
    `${l10n.t('Asked for')}: ${signInScope(appId)}`,
    '',
    ...portsText(portsTaken),
  ].join('\n');
}

function portsText(taken: readonly number[]): readonly string[] {
  if (taken.length === 0) return [];
  const sentence = vscode.l10n.t(
    'Something on this machine listens on ports that Kiro signs in with; Kiro then takes another of its ten: {0}',
    taken.join(', '),
  );
  return [sentence, ''];
}

function whoText(who: SignInError['who']): string {
  const { l10n } = vscode;
  switch (who) {
    case 'applicationAdministrator':
      return l10n.t('An Application Administrator or Cloud Application Administrator');
    case 'conditionalAccessAdministrator':
      return l10n.t('A Conditional Access Administrator');
    case 'person':
      return l10n.t('The person who signs in');
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
