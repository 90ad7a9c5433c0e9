import { ClientAuthError, InteractionRequiredAuthError, type AuthenticationResult } from '@azure/msal-node';
import { cancelledBy } from './loopback.ts';
import { SignInError, signInErrorFrom } from './signInError.ts';

/** What became of asking for a token without a person. */
export type Attempt =
  { readonly token: string } | { readonly error: SignInError; readonly needsPerson: boolean };

/** Tries without a person, and tells whether one could help. */
export async function attempt(
  signal: AbortSignal | undefined,
  work: () => Promise<AuthenticationResult>,
): Promise<Attempt> {
  try {
    return { token: (await guarded(signal, work)).accessToken };
  } catch (error) {
    const failed = signInErrorFrom(error, false);
    return { error: failed, needsPerson: personCanHelp.has(failed.reason) };
  }
}

const personCanHelp = new Set(['interaction-required', 'consent', 'blocked']);

/** Turns every failure into a {@link SignInError}, and stops waiting when the signal is aborted. */
export async function guarded<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const cancelled = cancelledBy(signal);
  try {
    return await Promise.race([work(), cancelled.promise]);
  } catch (error) {
    if (signal?.aborted) throw new SignInError('cancelled', whyStopped(signal));
    throw signInErrorFrom(error, needsPerson(error));
  } finally {
    cancelled.release();
  }
}

function needsPerson(error: unknown): boolean {
  return (
    error instanceof InteractionRequiredAuthError ||
    (error instanceof ClientAuthError &&
      ['token_refresh_required', 'no_account_found'].includes(error.errorCode))
  );
}

function whyStopped({ reason }: AbortSignal): string {
  const late = reason instanceof Error && reason.name === 'TimeoutError';
  return late ? 'The sign-in was not finished in the browser in time.' : 'The sign-in was cancelled.';
}
