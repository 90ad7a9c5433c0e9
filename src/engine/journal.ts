import * as v from 'valibot';
import type { JournalFacts } from '../guide/snapshot.ts';
import { leftOutFact } from './leftOutMapping.ts';
import type { Lines } from './ports.ts';
import { endpointIn } from './savedEndpoint.ts';
import type { JournalEntry } from './session.ts';

/** What is needed of a line to trust it; the rest is for people. */
const entryShape = v.looseObject({
  id: v.string(),
  at: v.number(),
  account: v.string(),
  phase: v.picklist(['intended', 'created', 'done', 'failed']),
  titles: v.array(v.string()),
  changes: v.array(v.string()),
  method: v.string(),
  path: v.string(),
});

/** Append-only record of every write: intended before it is sent, done or failed after it. */
export interface Journal {
  write(entry: JournalEntry): Promise<void>;
  entries(): Promise<readonly JournalEntry[]>;
}

export function createJournal(lines: Lines): Journal {
  return {
    write: (entry) => lines.append(JSON.stringify(entry)),
    async entries() {
      return (await lines.read()).flatMap((line) => {
        const entry = parseLine(line);
        return entry ? [entry] : [];
      });
    },
  };
}

/** A line that a crash cut short is left out: its intention is judged by what the tenant shows. */
function parseLine(line: string): JournalEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return v.is(entryShape, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What the journal proves that no API keeps. */
export function journalFacts(entries: readonly JournalEntry[]): JournalFacts {
  const pushed = new Map<string, { objectId: string; at: number; ok: boolean }>();
  let lastValidation: JournalFacts['lastValidation'];
  let startedAt: number | undefined;
  let jobMadeAt: number | undefined;
  let savedAt: number | undefined;
  let endpoint: string | undefined;
  let endpointChangedAt: number | undefined;
  let linksForgottenAt: number | undefined;
  for (const entry of entries) {
    const { at, phase, path, body } = entry;
    if (entry.validated) lastValidation = { at, ...entry.validated };
    for (const push of entry.pushed ?? []) pushed.set(push.objectId, { ...push, at });
    if (phase !== 'done') continue;
    if (path.endsWith('/synchronization/jobs')) jobMadeAt = at;
    if (/\/jobs\/[^/]+\/(?:re)?start$/.test(path)) startedAt = at;
    if (path.endsWith('/restart') && forgetsLinks(body)) linksForgottenAt = at;
    if (!path.endsWith('/synchronization/secrets')) continue;
    savedAt = at;
    const address = endpointIn(body);
    if (address === undefined) continue;
    if (endpoint !== undefined && address !== endpoint) endpointChangedAt = at;
    endpoint = address;
  }
  return {
    ...(lastValidation && { lastValidation }),
    pushed: [...pushed.values()],
    ...leftOutFact(entries),
    ...(startedAt !== undefined && { startedAt }),
    ...(jobMadeAt !== undefined && { jobMadeAt }),
    ...(savedAt !== undefined && { savedAt }),
    ...(endpointChangedAt !== undefined && { endpointChangedAt }),
    ...(linksForgottenAt !== undefined && { linksForgottenAt }),
  };
}

const restartShape = v.looseObject({ criteria: v.looseObject({ resetScope: v.string() }) });

/** Whether a restart made the job forget which record of Kiro's belongs to whom. */
function forgetsLinks(body: JournalEntry['body']): boolean {
  return v.is(restartShape, body) && /Full|ConnectorDataStore/.test(body.criteria.resetScope);
}

/** A creation that was begun and of which neither an end nor a failure is written. */
export function unfinishedCreation(entries: readonly JournalEntry[]): JournalEntry | undefined {
  const open = new Map<string, JournalEntry>();
  for (const entry of entries) {
    if (entry.phase === 'done' || entry.phase === 'failed') open.delete(entry.id);
    else if (entry.path.endsWith('/instantiate')) open.set(entry.id, { ...open.get(entry.id), ...entry });
  }
  return [...open.values()].at(-1);
}
