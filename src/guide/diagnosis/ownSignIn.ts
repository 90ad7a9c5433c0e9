import { text, type Text } from '../text.ts';

/** A sign-in to this tool that failed: why, and Microsoft's number, as `AADSTS90094`, where there is one. */
export interface FailedSignIn {
  readonly reason: string;
  readonly code?: string | undefined;
}

/**
 * What an admin who could not sign in to this tool does about it; `undefined` where Microsoft's own sentence is the best that
 * can be said. (What the same numbers mean for people who sign in to Kiro: `aadsts.ts`. Source: "Microsoft Entra
 * authentication and authorization error codes".)
 */
export function explainOwnSignIn({ reason, code }: FailedSignIn): Text | undefined {
  const words = byCode.get(code ?? '') ?? byReason[reason];
  if (words === undefined) return undefined;
  return code === undefined ? words : text('{0} ({1})', words, code);
}

const consent = text(
  'These permissions need an administrator’s consent. Have a Global Administrator or Privileged Role Administrator sign in here once and accept on behalf of the organization, then sign in again.',
);
const ownClient = text(
  'Entra refuses the client that this tool signs in with. Set kiroConnect.clientId to a public client of your organization, or clear it to use Microsoft Graph Command Line Tools.',
);
const policy = text(
  'A Conditional Access policy blocks this sign-in. The sign-in logs of the admin center name the policy: meet it, or ask who manages the policies.',
);
const otherTenant = text(
  'This account is not of the tenant that was asked for. Sign in again and choose a work account of the tenant that Kiro is to be connected to.',
);

const byCode: ReadonlyMap<string, Text> = new Map([
  ...['65001', '90094', '90095', '90008', '650056', '650057'].map(
    (code) => ['AADSTS' + code, consent] as const,
  ),
  ...['65002', '700016', '7000218', '70001'].map((code) => ['AADSTS' + code, ownClient] as const),
  ...['53000', '53001', '53002', '53003', '53004', '530032', '530035', '50131'].map(
    (code) => ['AADSTS' + code, policy] as const,
  ),
  ...['50020', '50034', '50128', '90002', '90072'].map((code) => ['AADSTS' + code, otherTenant] as const),
  [
    'AADSTS65004',
    text(
      'The browser came back without the permissions. Sign in again and accept them; if the page wanted an administrator’s approval, copy the link for one. No change is made before you have seen it.',
    ),
  ],
  [
    'AADSTS7000112',
    text(
      'The client that this tool signs in with is disabled in this tenant. Enable it under Enterprise applications, or set kiroConnect.clientId to a client of your organization.',
    ),
  ],
  [
    'AADSTS50105',
    text(
      'The client that this tool signs in with admits assigned people only. Have this account assigned to it under Enterprise applications.',
    ),
  ],
  ...['70019', '70020'].map(
    (code) => ['AADSTS' + code, text('The code has expired. Sign in again and enter the new one.')] as const,
  ),
  ['AADSTS50057', text('This account is disabled. Sign in with another one.')],
  [
    'AADSTS50053',
    text('This account is locked after too many attempts. Wait some minutes, or have it unlocked.'),
  ],
]);

const byReason: Readonly<Record<string, Text>> = {
  consent,
  network: text(
    'Microsoft’s sign-in can’t be reached. Check the network, VPN or proxy of this machine, then try again.',
  ),
  'interaction-required': text('The sign-in has run out. Check now, and sign in again in the browser.'),
};
