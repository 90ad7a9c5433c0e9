import type { GraphGroup } from '../state.ts';
import { membersBody } from './bodies.ts';
import { exporting } from './exporting.ts';
import type { GroupOptions } from './exporting.ts';
import type { Change } from './flows.ts';
import type { ObjectMapping } from './mapping.ts';
import { TARGET } from './outcome.ts';
import type { Trace } from './outcome.ts';
import type { Run } from './run.ts';

/** Memberships in one PATCH. */
const BATCH = 20;

/**
 * Adds the members of a group that are at the target already, and removes those who left. What waits for a member who
 * failed is remembered; a member out of scope is not waited for. Returns what was changed.
 */
export async function bringMembers(
  run: Run,
  group: GraphGroup,
  how: {
    readonly id: string;
    readonly trace: Trace;
    readonly options: GroupOptions;
    readonly mapping: ObjectMapping;
    /** The service made the group or linked it before, so it knows the group's members. */
    readonly known: boolean;
  },
): Promise<Change[]> {
  if (!how.mapping.attributes.some((one) => one.sourceName === 'members')) return [];
  const { job, memory, target } = run;
  const { id, trace, options } = how;
  const { only } = options;
  const present = memory.members.get(group.id) ?? new Set<string>();
  memory.members.set(group.id, present);
  // Only users are members at the target, and only those who are there already.
  const isLinked = (user: string): boolean => job.links.has(user) && !memory.groups.has(user);
  const all = only ?? [...group.members];
  const wanted = all.filter(isLinked);
  const added: string[] = [];
  for (const user of wanted) {
    if (present.has(user) && !only) continue;
    const ask = !how.known || only !== undefined;
    const there = ask && (await target.hasMember(id, job.links.get(user) ?? ''));
    if (there) present.add(user);
    else added.push(user);
  }
  const removed = only ? [] : [...present].filter((user) => !group.members.has(user));
  const changes = [
    ...(await send(run, { op: 'Add', users: added, id, trace, present })),
    ...(await send(run, { op: 'Remove', users: removed, id, trace, present })),
  ];
  if (!only) noteAwaited(run, group, trace);
  return changes;
}

async function send(
  run: Run,
  what: {
    readonly op: 'Add' | 'Remove';
    readonly users: readonly string[];
    readonly id: string;
    readonly trace: Trace;
    readonly present: Set<string>;
  },
): Promise<Change[]> {
  const { op, users, id, trace, present } = what;
  const changes: Change[] = [];
  for (let from = 0; from < users.length; from += BATCH) {
    const part = users.slice(from, from + BATCH);
    const ids = part.flatMap((user) => run.job.links.get(user) ?? []);
    if (ids.length > 0)
      await exporting(trace, 'EntryExportUpdate', 'update', () =>
        run.target.patch('Groups', id, membersBody(op, ids, run.target.optimised)),
      );
    for (const user of part)
      if (op === 'Add') present.add(user);
      else present.delete(user);
    for (const one of ids)
      changes.push({
        displayName: 'members',
        oldValue: op === 'Remove' ? one : null,
        newValue: op === 'Add' ? one : '',
        boolean: false,
      });
  }
  return changes;
}

/** Remembers the members that failed themselves: the group is looked at again when one of them has arrived. */
function noteAwaited(run: Run, group: GraphGroup, trace: Trace): void {
  const { job, memory } = run;
  const missing = [...group.members].filter((member) => !job.links.has(member));
  const awaited = missing.filter((member) => memory.escrows.has(member));
  if (awaited.length > 0) memory.references.set(group.id, new Set(awaited));
  else memory.references.delete(group.id);
  if (missing.length > 0)
    trace.step(
      'EntryReferenceResolution',
      'referenceResolution',
      'skipped',
      `${missing.length} members are not in ${TARGET}`,
    );
}
