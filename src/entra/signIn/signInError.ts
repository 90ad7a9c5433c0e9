/**
 * Why there is no access token. `interaction-required`: a person has to sign in. `consent`: permissions have to be
 * granted. `wrong-tenant`: the account or the application is not of this tenant. `blocked`: a policy refuses.
 */
export type SignInReason =
  'cancelled' | 'interaction-required' | 'wrong-tenant' | 'consent' | 'blocked' | 'network' | 'service';

/** A sign-in that failed. Never carries a token, an authorization code or a device code. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly reason: SignInReason;
  /** Microsoft's error number, for example `AADSTS53003`. */
  readonly code: string | undefined;

  constructor(reason: SignInReason, message: string, code?: string) {
    super(message);
    this.reason = reason;
    this.code = code;
  }
}

/** By property, not by class: rooms are bundled apart, and each bundle would have a class of its own. */
export function isSignInError(error: unknown): error is SignInError {
  return error instanceof Error && error.name === 'SignInError' && 'reason' in error;
}

const reasons: readonly (readonly [SignInReason, readonly number[]])[] = [
  ['consent', [65001, 65002, 65004, 90094, 90095, 90008, 650056, 650057]],
  ['wrong-tenant', [50020, 50034, 50128, 90002, 90072, 700016]],
  ['blocked', [50053, 50057, 50105, 50131, 53000, 53001, 53002, 53003, 53004, 530032, 7000112, 7000218]],
  ['interaction-required', [16000, 50058, 50074, 50076, 50078, 50079, 50173, 70008, 70043, 700082, 700084]],
];

/** What an error of MSAL means ("Microsoft Entra authentication and authorization error codes"). */
export function signInErrorFrom(error: unknown, interactionRequired: boolean): SignInError {
  if (isSignInError(error)) return error;
  const said = word(error, 'errorMessage') || (error instanceof Error ? error.message : '');
  const code = codeOf(error, said);
  const number = /AADSTS(\d+)/.exec(said)?.[1];
  const aadsts = number === undefined ? undefined : `AADSTS${number}`;
  const known = reasons.find(([, numbers]) => numbers.includes(Number(number)))?.[0];
  return new SignInError(
    known ?? reasonOfMsal(code, interactionRequired),
    sentence(code, said, aadsts),
    aadsts,
  );
}

function reasonOfMsal(code: string, interactionRequired: boolean): SignInReason {
  if (code === 'access_denied' || code === 'authorization_declined' || code === 'user_canceled') {
    return 'cancelled';
  }
  if (interactionRequired) return 'interaction-required';
  const network = ['network_error', 'endpoints_resolution_error', 'no_network_connectivity'];
  return network.includes(code) ? 'network' : 'service';
}

/** MSAL's code; for a refused device code, which it has none for, Microsoft's. */
function codeOf(error: unknown, said: string): string {
  const code = word(error, 'errorCode');
  return code === 'post_request_failed' ? (/^\w+(?=:|$)/.exec(said)?.[0] ?? code) : code;
}

function sentence(code: string, said: string, aadsts: string | undefined): string {
  // Only Microsoft's own sentence is passed on, without its trace ids; MSAL's texts are for developers.
  const described = aadsts && /AADSTS\d+:\s*(.{1,400}?)(?=\s*(?:Trace ID|\r|\n|$))/s.exec(said)?.[1];
  if (aadsts) return `${aadsts}: ${described ?? 'Microsoft refused the sign-in.'}`;
  return `The sign-in did not succeed (${/^\w{1,60}$/.test(code) ? code : 'no error code'}).`;
}

function word(error: unknown, key: string): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === 'string' ? value : '';
}
