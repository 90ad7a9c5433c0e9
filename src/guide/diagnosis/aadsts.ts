import type { StepNumber } from '../step.ts';
import { text, type Text } from '../text.ts';

/** What an error of Entra's sign-in means for people who sign in to Kiro. */
export interface SignInError {
  readonly cause: Text;
  readonly cure: Text;
  /** Who can mend it. */
  readonly who: 'applicationAdministrator' | 'conditionalAccessAdministrator' | 'person';
  /** Requirement that detects it, where one does. */
  readonly requirement?: string;
  readonly step?: StepNumber;
}

/** A code stands as `AADSTS50011`, a bare number or inside a whole error text. */
export function signInErrorCode(written: string): string | undefined {
  return /AADSTS(\d{4,8})/i.exec(written)?.[1] ?? /^\s*(\d{4,8})\s*$/.exec(written)?.[1];
}

/** Microsoft's page about a code. */
export function signInErrorUrl(code: string): string {
  return `https://login.microsoftonline.com/error?code=${code}`;
}

/**
 * Codes of "Microsoft identity platform: authentication and authorization error codes", read for Kiro. Microsoft may change
 * them; `undefined` for a code that is not among them.
 */
export function explainSignInError(code: string): SignInError | undefined {
  return errors.get(code);
}

type Who = SignInError['who'];
type Detects = readonly [requirement: string, step: StepNumber];

function entry(codes: string, who: Who, cause: Text, cure: Text, detects?: Detects): [string, SignInError][] {
  const [requirement, step] = detects ?? [];
  const error = {
    cause,
    cure,
    who,
    ...(requirement === undefined || step === undefined ? {} : { requirement, step }),
  };
  return codes.split(' ').map((code) => [code, error]);
}

const admin = 'applicationAdministrator';
const conditional = 'conditionalAccessAdministrator';

const errors: ReadonlyMap<string, SignInError> = new Map([
  ...entry(
    '50011 70004 900971',
    admin,
    text('The redirect URI is missing, written differently, or under another platform.'),
    text('Apply the redirect URIs of step 2.'),
    ['configuration.redirectUris', 2],
  ),
  ...entry(
    '7000218 70002 700025',
    admin,
    text('A redirect URI of Kiro stands under Web, so Entra asks for a secret.'),
    text('Apply the redirect URIs of step 2: they belong under mobile and desktop applications.'),
    ['configuration.redirectUris', 2],
  ),
  ...entry(
    '9002326 9002327',
    admin,
    text('A redirect URI of Kiro stands under Single-page application.'),
    text('Apply the redirect URIs of step 2: they belong under mobile and desktop applications.'),
    ['configuration.redirectUris', 2],
  ),
  ...entry(
    '500011 50001',
    admin,
    text('The application ID URI is not the one Kiro asks for, or this is another tenant.'),
    text('Apply the application ID URI of step 2.'),
    ['configuration.identifierUri', 2],
  ),
  ...entry(
    '70011 28002 65005 650053 650056 650057',
    admin,
    text('A scope that Kiro asks for is missing, disabled or misspelt.'),
    text('Apply the scopes of step 2.'),
    ['configuration.scopes', 2],
  ),
  ...entry(
    '65001 90094 90095',
    admin,
    text('Nobody has consented to the application for everyone.'),
    text('Grant consent for the tenant in step 2.'),
    ['configuration.consent', 2],
  ),
  ...entry(
    '90009',
    admin,
    text('The application asks for a token for itself by another name than its ID.'),
    text('Check that the application ID URI of step 2 is api:// and the application ID.'),
    ['configuration.identifierUri', 2],
  ),
  ...entry(
    '65004',
    'person',
    text('The person declined the consent.'),
    text('Sign in again and accept, or have consent granted for the tenant.'),
    ['configuration.consent', 2],
  ),
  ...entry(
    '50105',
    admin,
    text('The person is not a direct member of an assigned group.'),
    text('Add them directly to an assigned group; nested groups do not count.'),
    ['people.groupMembers', 5],
  ),
  ...entry(
    '700016 700011 70001',
    admin,
    text('The application is not in this tenant, or the ID in the Kiro profile is wrong.'),
    text('Compare application ID and tenant ID in the Kiro profile with the hand-off table.'),
    ['application.exists', 1],
  ),
  ...entry(
    '7000112',
    admin,
    text('The enterprise application is disabled.'),
    text('Set "Enabled for users to sign-in" to Yes under its properties.'),
    ['application.exists', 1],
  ),
  ...entry(
    '50020 50034 90072 16000 51004',
    'person',
    text('The account does not belong to this tenant.'),
    text('Sign out in the browser and choose the work account.'),
  ),
  ...entry(
    '50194',
    admin,
    text('Sign-in did not name the tenant, and the application is for one tenant.'),
    text('Check the tenant ID in the Kiro profile.'),
    ['profile.created', 3],
  ),
  ...entry(
    '53000 53001 53002 53003 530035 50131',
    conditional,
    text('A Conditional Access policy blocks the sign-in.'),
    text('Let the sign-in log name the policy, then satisfy it or exclude the application.'),
  ),
  ...entry(
    '50076 50079',
    'person',
    text('Multifactor authentication is asked for.'),
    text('Complete it in the browser window of the sign-in.'),
  ),
  ...entry(
    '70043 70008 700082 50173 50078',
    'person',
    text('The session has ended by a policy or a changed password.'),
    text('Sign in again; this is no fault of the set-up.'),
  ),
  ...entry(
    '50199',
    'person',
    text('Entra asks to confirm that Kiro may be opened.'),
    text('Confirm it in the browser.'),
  ),
  ...entry(
    '65002',
    admin,
    text('The application used to sign in to this tool may not ask for these permissions.'),
    text('Use another client application in the settings of this tool.'),
  ),
]);
