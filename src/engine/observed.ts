import { explainGraphError } from '../guide/diagnosis/graphErrors.ts';
import { explainOwnSignIn } from '../guide/diagnosis/ownSignIn.ts';
import { known, unknown, type Observed, type Unknown, type UnknownReason } from '../guide/snapshot.ts';
import { text } from '../guide/text.ts';
import type { ReadResult } from '../entra/batch.ts';
import { isGraphError, type GraphErrorReason } from '../entra/graphError.ts';

/** Something before it is missing, so it was not asked. */
export const notRead: Unknown = unknown('not-read', text('Not asked yet: there is no application so far.'));

/** Microsoft Graph does not offer it in this cloud, so it was not tried. */
export const notInCloud: Unknown = unknown(
  'not-in-cloud',
  text('Microsoft Graph does not offer this in your cloud. Look in the admin center.'),
);

/** A read as the guide takes it: known, or unknown with its reason. */
export function observed<T>(result: ReadResult<T>): Observed<T> {
  return result.ok ? known(result.value, result.at) : unreadable(result.error);
}

/** Why something could not be read, and what would make it known. */
export function unreadable(error: unknown): Unknown {
  if (isGraphError(error)) {
    const licence = error.code === 'Authentication_RequestFromNonPremiumTenantOrB2CTenant';
    return unknown(licence ? 'licence' : reasonOf(error.reason), explainGraphError(error));
  }
  if (error instanceof Error && error.name === 'SignInError') {
    if ('reason' in error && error.reason === 'network') {
      return unknown('network', explainOwnSignIn({ reason: 'network' }) ?? text('{0}', error.message));
    }
    return unknown('signed-out', text('You are signed out: {0} Sign in to look again.', error.message));
  }
  return unknown(
    'service',
    text('The look failed for a reason of this tool’s own. The log has the details.'),
  );
}

function reasonOf(reason: GraphErrorReason): UnknownReason {
  switch (reason) {
    case 'permission':
      return 'permission';
    case 'unauthorized':
      return 'signed-out';
    case 'throttled':
      return 'throttled';
    case 'network':
      return 'network';
    case 'malformed':
      return 'malformed';
    case 'bad-request':
    case 'conflict':
    case 'not-found':
    case 'service':
      return 'service';
  }
}
