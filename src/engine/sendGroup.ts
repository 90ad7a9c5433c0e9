import type { GraphRequest, Json } from '../guide/change.ts';
import type { KeptApplication } from '../guide/kept.ts';
import { format, text, type Text } from '../guide/text.ts';
import type { GraphAnswer, GraphClient } from '../entra/graphClient.ts';
import { isGraphError } from '../entra/graphError.ts';
import { parseProvisionOnDemand } from '../entra/provisionOnDemand.ts';
import { createApplication } from './createApplication.ts';
import type { Journal } from './journal.ts';
import type { RequestGroup } from './mergeRequests.ts';
import { onDemandWait, sendPatiently } from './patience.ts';
import type { Clock } from './ports.ts';
import { endpointIn } from './savedEndpoint.ts';
import { peopleIn } from './pushedPeople.ts';
import { needsSecret, withSecrets } from './secretNames.ts';
import { notSignedIn, onDemandRefused, refusedSentence, tokenMissing } from './sentences.ts';
import type { JournalEntry } from './session.ts';
import { undoneBy } from './undo/undoPlan.ts';

export interface SendDeps {
  readonly graph: GraphClient;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly account: string;
  readonly scimToken: () => Promise<string | undefined>;
  readonly canRead: (application: KeptApplication, displayName?: string) => Promise<boolean>;
  readonly findByName: (displayName: string) => Promise<readonly KeptApplication[]>;
  readonly keepApplication: (application: KeptApplication) => Promise<void>;
  readonly displayName: string;
  /** The same for every request of one apply, so that it can be taken back as a whole. */
  readonly apply?: string;
  /** Whether the application was made so recently that not all of Entra knows it. */
  readonly isNew: () => boolean;
  /** Ends waiting for Entra, never a request under way. */
  readonly signal?: AbortSignal | undefined;
  /** Told what was sent and answered, so that the next look can ask for what it made. */
  readonly noticed: (request: GraphRequest, answered: unknown) => void;
}

/**
 * Carries one request out: journals the intention, sends, reads what the answer means, journals the outcome. Resolves
 * with a sentence if it was refused. What the service already had (a second assignment, a second job) counts as done.
 */
export async function sendGroup(group: RequestGroup, deps: SendDeps): Promise<Text | undefined> {
  const { request } = group;
  const entry = intention(group, deps);
  const token = needsSecret(request.body) ? await deps.scimToken() : '';
  if (token === undefined) return tokenMissing;
  try {
    if (request.answer === 'createdApplication') return await create(request, entry, deps, scopesOf(group));
    await deps.journal.write(entry);
    const body = request.body === undefined ? undefined : withSecrets(request.body, () => token);
    return await sendOnce(group, entry, body, deps);
  } catch (error) {
    if (error instanceof Error && error.name === 'SignInError') return notSignedIn(error.message);
    if (!isGraphError(error)) throw error;
    return refusedSentence(group.changes[0]?.title ?? text('The change'), error);
  }
}

async function create(
  request: GraphRequest,
  entry: JournalEntry,
  deps: SendDeps,
  scopes: readonly string[],
): Promise<Text | undefined> {
  const application = await createApplication(request, deps.displayName, entry, {
    ...deps,
    send: (method, path, body) => {
      const send = (): Promise<GraphAnswer> =>
        deps.graph.send({ method, path, scopes, interactive: true, ...(body !== undefined && { body }) });
      // Only what is certain not to create may be sent twice.
      return method === 'PATCH'
        ? sendPatiently({ method, path }, send, { ...deps, isNew: () => true })
        : send();
    },
  });
  await deps.keepApplication(application);
  return undefined;
}

async function sendOnce(
  group: RequestGroup,
  entry: JournalEntry,
  body: Json | undefined,
  deps: SendDeps,
): Promise<Text | undefined> {
  const { request } = group;
  const once = (): Promise<GraphAnswer> =>
    deps.graph.send({
      method: request.method,
      path: request.path,
      scopes: scopesOf(group),
      interactive: true,
      ...(body !== undefined && { body }),
    });
  const post = (): Promise<GraphAnswer> => sendPatiently(request, once, deps);
  try {
    let answer = await post();
    let outcome = meaning(request, answer);
    for (let attempt = 0; outcome.refusal && request.answer === 'provisionOnDemand'; attempt += 1) {
      const wait = onDemandWait(outcome.errorCode, attempt);
      if (wait === undefined) break;
      await deps.clock.sleep(wait, deps.signal);
      answer = await post();
      outcome = meaning(request, answer);
    }
    deps.noticed(request, answer.body);
    await deps.journal.write({
      ...entry,
      ...outcome.facts,
      at: deps.clock.now(),
      phase: outcome.refusal ? 'failed' : 'done',
      status: answer.status,
      ...answeredId(answer.body),
      ...(answer.requestId !== undefined && { requestId: answer.requestId }),
      ...(outcome.refusal && { note: format(outcome.refusal) }),
    });
    return outcome.refusal;
  } catch (error) {
    if (!isGraphError(error)) throw error;
    const alreadyThere = creates(request) && error.reason === 'conflict';
    await deps.journal.write({
      ...(alreadyThere ? notOurs(entry) : entry),
      at: deps.clock.now(),
      phase: alreadyThere ? 'done' : 'failed',
      status: error.status,
      ...(error.requestId !== undefined && { requestId: error.requestId }),
      note: `${error.code} ${error.message}`.trim(),
      ...(request.answer === 'validation' &&
        isVerdictOnCredentials(error.status) && {
          validated: { endpoint: endpointIn(request.body), ok: false },
        }),
    });
    if (alreadyThere) return undefined;
    throw error;
  }
}

/** Of these the service keeps one: that it is there already is what was wanted. Starting or restarting is not among them. */
function creates({ method, path }: GraphRequest): boolean {
  return (
    method === 'POST' &&
    /\/(?:appRoleAssignedTo|oauth2PermissionGrants|synchronization\/jobs|members\/\$ref)$/.test(path)
  );
}

/** What the service had before is not this tool's to take back. */
function notOurs(entry: JournalEntry): JournalEntry {
  const had = { ...entry };
  delete had.inverse;
  return had;
}

interface Meaning {
  readonly refusal?: Text;
  readonly errorCode?: string;
  readonly facts?: Pick<JournalEntry, 'validated' | 'pushed'>;
}

function meaning(request: GraphRequest, answer: GraphAnswer): Meaning {
  if (request.answer === 'validation') {
    return { facts: { validated: { endpoint: endpointIn(request.body), ok: true } } };
  }
  if (request.answer === 'provisionOnDemand') {
    const result = parseProvisionOnDemand(answer.body);
    const ok = result.result === 'success' || result.errorCode === 'RedundantExport';
    const pushed = peopleIn(request.body).map((objectId) => ({ objectId, ok }));
    return {
      facts: { pushed },
      ...(!ok && { refusal: onDemandRefused(result) }),
      ...(result.errorCode !== undefined && { errorCode: result.errorCode }),
    };
  }
  return {};
}

/** 400 is the target's word on the credentials; anything else says nothing about them. */
function isVerdictOnCredentials(status: number): boolean {
  return status === 400;
}

function intention({ changes, request }: RequestGroup, deps: SendDeps): JournalEntry {
  const undoes = changes.map(({ id }) => undoneBy(id)).find((id) => id !== undefined);
  const inverses = changes.flatMap(({ inverse }) =>
    inverse ? [inverse].flat().map((one) => ({ ...one })) : [],
  );
  return {
    id: deps.newId(),
    at: deps.clock.now(),
    account: deps.account,
    phase: 'intended',
    changes: changes.map((change) => change.id),
    titles: changes.map((change) => format(change.title)),
    method: request.method,
    path: request.path,
    ...(request.body !== undefined && { body: request.body }),
    ...(inverses.length > 0 && { inverse: inverses }),
    ...(deps.apply !== undefined && { apply: deps.apply }),
    ...(undoes !== undefined && { undoes }),
  };
}

/** What was made, for the request that takes it back. */
function answeredId(body: unknown): Pick<JournalEntry, 'answeredId'> {
  const id: unknown = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  return typeof id === 'string' ? { answeredId: id } : {};
}

function scopesOf({ changes }: RequestGroup): readonly string[] {
  return [...new Set(changes.flatMap((change) => change.scopes))];
}
