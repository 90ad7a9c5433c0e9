import type { GraphRequest } from '../guide/change.ts';
import type { KeptApplication } from '../guide/kept.ts';
import { temporaryNamePrefix } from '../guide/kiro.ts';
import type { GraphAnswer } from '../entra/graphClient.ts';
import { isGraphError } from '../entra/graphError.ts';
import { parseCreatedApplication } from '../entra/applicationTemplates.ts';
import type { Journal } from './journal.ts';
import { unfinishedCreation } from './journal.ts';
import type { Clock } from './ports.ts';
import type { JournalEntry } from './session.ts';

/** What a creation needs of its session. */
export interface CreateDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Sends with write permission; rejects with a `GraphError`. */
  readonly send: (method: 'POST' | 'PATCH', path: string, body?: unknown) => Promise<GraphAnswer>;
  /** Whether reads show both objects already and, where one is given, the application under this name. */
  readonly canRead: (application: KeptApplication, displayName?: string) => Promise<boolean>;
  /** Ids of applications with exactly this display name. */
  readonly findByName: (displayName: string) => Promise<readonly KeptApplication[]>;
  /** Ends looking for it; the next apply looks again. */
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds between looks for a new application: about a minute and a half, longer than replication usually takes. */
const visibilityWaits = [0, 500, 1_000, 2_000, 3_000, 5_000, 8_000, 10_000, 15_000, 20_000, 25_000] as const;

/**
 * `instantiate` is not idempotent and may answer 404 although it created the application (Microsoft Graph:
 * applicationTemplate: instantiate). So the application is created under a unique temporary name that is journalled
 * first, looked for by that name when the answer leaves doubt, and renamed once both objects can be read. A creation
 * that was interrupted is resumed, never repeated.
 */
export async function createApplication(
  request: GraphRequest,
  displayName: string,
  entry: JournalEntry,
  deps: CreateDeps,
): Promise<KeptApplication> {
  const begun = unfinishedCreation(await deps.journal.entries());
  const temporaryName = begun?.note ?? `${temporaryNamePrefix}${deps.newId()}`;
  const intention: JournalEntry = { ...entry, id: begun?.id ?? entry.id, note: temporaryName };
  if (!begun) await deps.journal.write(intention);
  const made =
    begun?.application ??
    (begun && (await lookFor(temporaryName, begun.at, deps))) ??
    (await instantiate(request, temporaryName, intention, deps));
  await deps.journal.write({ ...intention, at: deps.clock.now(), phase: 'created', application: made });
  await visible(made, deps);
  await deps.send('PATCH', `/applications/${made.applicationId}`, { displayName });
  // A look that still showed the temporary name would take the creation for one that was broken off.
  await visible(made, deps, displayName);
  await deps.journal.write({
    ...intention,
    at: deps.clock.now(),
    phase: 'done',
    application: made,
    inverse: { kind: 'graph', method: 'DELETE', path: `/applications/${made.applicationId}` },
  });
  return made;
}

async function instantiate(
  request: GraphRequest,
  temporaryName: string,
  intention: JournalEntry,
  deps: CreateDeps,
): Promise<KeptApplication> {
  try {
    const answer = await deps.send('POST', request.path, { displayName: temporaryName });
    return parseCreatedApplication(answer.body);
  } catch (error) {
    if (leavesDoubt(error)) {
      const found = await lookFor(temporaryName, deps.clock.now(), deps);
      if (found) return found;
    } else {
      await deps.journal.write({ ...intention, at: deps.clock.now(), phase: 'failed' });
    }
    throw error;
  }
}

/** Looks for the temporary name until replication time is over; once only when that is long past. */
async function lookFor(
  temporaryName: string,
  begunAt: number,
  deps: CreateDeps,
): Promise<KeptApplication | undefined> {
  const longPast = deps.clock.now() - begunAt > 600_000;
  for (const wait of longPast ? [0] : visibilityWaits) {
    await deps.clock.sleep(wait, deps.signal);
    const [found] = await deps.findByName(temporaryName);
    if (found) return found;
  }
  return undefined;
}

/** 404, a dropped connection or a gateway's error: the application may exist all the same. */
function leavesDoubt(error: unknown): boolean {
  return isGraphError(error) && ['not-found', 'network', 'service', 'malformed'].includes(error.reason);
}

async function visible(made: KeptApplication, deps: CreateDeps, displayName?: string): Promise<void> {
  for (const wait of visibilityWaits) {
    await deps.clock.sleep(wait, deps.signal);
    if (await deps.canRead(made, displayName)) return;
  }
}
