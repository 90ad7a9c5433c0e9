import type { GraphRequest } from '../guide/change.ts';
import { valueOf, type Snapshot } from '../guide/snapshot.ts';
import type { GraphAnswer } from '../entra/graphClient.ts';
import { isGraphError, type GraphError } from '../entra/graphError.ts';
import type { Clock } from './ports.ts';

/** Milliseconds between tries of a write that new objects are not ready for: about a minute and a half in all. */
const waits = [1_000, 2_000, 3_000, 5_000, 8_000, 10_000, 15_000, 20_000, 25_000] as const;

export interface Patience {
  readonly clock: Clock;
  /** Whether the application was made so recently that not all of Entra knows it. */
  readonly isNew: () => boolean;
  /** Aborting it ends the waiting at once, never a request under way. */
  readonly signal?: AbortSignal | undefined;
}

/** Replication of a new application is over within a quarter of an hour as a rule. */
export function isNewApplication(snapshot: Snapshot | undefined, now: number): boolean {
  const application = snapshot && valueOf(snapshot.application);
  return now - Date.parse(application?.createdDateTime ?? '') < 900_000;
}

/**
 * Sends, and sends again while the answer is one that Entra gives only until something new is known everywhere. Rejects
 * with the last `GraphError`, or with the signal's reason.
 */
export async function sendPatiently(
  request: Pick<GraphRequest, 'method' | 'path'>,
  send: () => Promise<GraphAnswer>,
  { clock, isNew, signal }: Patience,
): Promise<GraphAnswer> {
  for (const wait of waits) {
    try {
      return await send();
    } catch (error) {
      if (!isGraphError(error) || !passes(error, request, isNew())) throw error;
    }
    await clock.sleep(wait, signal);
  }
  return send();
}

/**
 * Answers that pass by themselves. Of objects that are new: 404, "Not a valid reference update" (read as `not-found`), and
 * from provisioning 401, 403 and 400 as well. A scope that was disabled a moment ago still counts as enabled, and a
 * directory object that is being written answers 409 to a PATCH.
 */
function passes(
  error: GraphError,
  { method, path }: Pick<GraphRequest, 'method' | 'path'>,
  isNew: boolean,
): boolean {
  if (error.code === 'CannotDeleteOrUpdateEnabledEntitlement') return true;
  if (error.message.includes('Not a valid reference update')) return true;
  if (method === 'PATCH' && error.reason === 'conflict') {
    return error.code !== 'Request_MultipleObjectsWithSameKeyValue';
  }
  if (!isNew) return false;
  if (error.reason === 'not-found') return true;
  if (!path.includes('/synchronization/')) return false;
  // A 400 on the credentials is Kiro's own word, which waiting does not change.
  return (
    error.reason === 'permission' ||
    (error.reason === 'unauthorized' && error.code !== 'InvalidAuthenticationToken') ||
    (error.reason === 'bad-request' && path.endsWith('/synchronization/jobs'))
  );
}

/** Milliseconds between tries of provisioning on demand: a new assignment may take a minute or two to be seen by it. */
const entitlementWaits = [2_000, 5_000, 10_000, 20_000, 30_000, 45_000] as const;

/** How long to wait before provisioning on demand once more; `undefined`: what it said stands. */
export function onDemandWait(errorCode: string | undefined, attempt: number): number | undefined {
  // The guide: provisioning might fail on the first attempt, retries are usually successful.
  return errorCode === 'NotEffectivelyEntitled' || attempt === 0 ? entitlementWaits[attempt] : undefined;
}
