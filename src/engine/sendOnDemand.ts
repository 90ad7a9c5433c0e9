import type { GraphRequest } from '../guide/change.ts';
import { explainGraphError } from '../guide/diagnosis/graphErrors.ts';
import { isRedundant, type OnDemandAnswer } from '../guide/onDemandWords.ts';
import { format, type Text } from '../guide/text.ts';
import type { GraphAnswer, GraphClient } from '../entra/graphClient.ts';
import { isGraphError, type GraphError } from '../entra/graphError.ts';
import { parseProvisionOnDemand } from '../entra/provisionOnDemand.ts';
import type { CallLimit } from './callLimit.ts';
import type { Journal } from './journal.ts';
import { sendPatiently } from './patience.ts';
import type { Clock } from './ports.ts';
import { peopleIn } from './pushedPeople.ts';
import { notSignedIn } from './sentences.ts';
import type { JournalEntry } from './session.ts';
import { TextError } from './textError.ts';

export interface OnDemandSending {
  readonly graph: GraphClient;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly account: string;
  readonly isNew: () => boolean;
  readonly limit: CallLimit;
}

/** A call that has nothing to do with whom it names failed: all others would fail in the same way. */
export class OnDemandStopped extends TextError {
  override readonly name = 'OnDemandStopped';
}

const retryAfter = 2_000;

/**
 * One call of provisioning on demand, no faster than Entra takes them, journalled before it is sent and after it is
 * answered. What Graph refuses for whom it names is an answer; anything else throws `OnDemandStopped`, after a second try
 * where a fault may pass. An abort ends a wait, never a call.
 */
export async function sendOnDemand(
  request: GraphRequest,
  what: { readonly title: Text; readonly run?: JournalEntry['run'] },
  deps: OnDemandSending,
  signal: AbortSignal | undefined,
): Promise<OnDemandAnswer> {
  const { journal, clock } = deps;
  const { method, path, body } = request;
  for (let attempt = 0; ; attempt += 1) {
    await deps.limit(signal);
    const entry: JournalEntry = {
      id: deps.newId(),
      at: clock.now(),
      account: deps.account,
      phase: 'intended',
      changes: ['people.provisionNow'],
      titles: [format(what.title)],
      method,
      path,
      ...(body !== undefined && { body }),
      ...(what.run && { run: what.run }),
    };
    const end = (outcome: Partial<JournalEntry>): Promise<void> =>
      journal.write({ ...entry, at: clock.now(), ...outcome });
    await journal.write(entry);
    try {
      const answer = await sendPatiently(request, () => send(request, deps), { ...deps, signal });
      const result = parseProvisionOnDemand(answer.body);
      const ok = result.result === 'success' || isRedundant(result);
      await end({
        phase: ok ? 'done' : 'failed',
        status: answer.status,
        pushed: peopleIn(body).map((objectId) => ({ objectId, ok })),
        ...(answer.requestId !== undefined && { requestId: answer.requestId }),
        ...(!ok && { note: `${result.errorCode ?? result.result} ${result.message ?? ''}`.trim() }),
      });
      return result;
    } catch (error) {
      signal?.throwIfAborted();
      await end({ phase: 'failed', ...notesOf(error) });
      if (error instanceof Error && error.name === 'SignInError')
        throw new OnDemandStopped(notSignedIn(error.message));
      if (!isGraphError(error)) throw error;
      if (isAboutWhom(error)) {
        return { result: 'failure', errorCode: error.code, message: format(explainGraphError(error)) };
      }
      if (attempt > 0 || !mayPass(error)) throw new OnDemandStopped(explainGraphError(error));
      await clock.sleep(retryAfter, signal);
    }
  }
}

function send({ method, path, body }: GraphRequest, { graph }: OnDemandSending): Promise<GraphAnswer> {
  return graph.send({
    method,
    path,
    scopes: ['Synchronization.ReadWrite.All'],
    interactive: true,
    ...(body !== undefined && { body }),
  });
}

/** Somebody who was deleted meanwhile, or whom the service does not take. */
function isAboutWhom({ reason }: GraphError): boolean {
  return reason === 'not-found' || reason === 'bad-request' || reason === 'conflict';
}

function mayPass({ reason }: GraphError): boolean {
  return reason === 'network' || reason === 'service' || reason === 'malformed';
}

function notesOf(error: unknown): Partial<JournalEntry> {
  if (!isGraphError(error)) return { note: error instanceof Error ? error.name : '' };
  const { status, requestId, code, message } = error;
  return { status, ...(requestId !== undefined && { requestId }), note: `${code} ${message}`.trim() };
}
