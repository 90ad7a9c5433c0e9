import type { GraphGroup } from '../state.ts';
import { flowsOf, match } from './flows.ts';
import type { ObjectMapping } from './mapping.ts';
import { text } from './mapping.ts';
import { Trace } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { exporting, failed } from './provisionUser.ts';
import type { Run } from './run.ts';
import { groupSource } from './source.ts';
import { TargetError } from './target.ts';
import { changesOf, creationBody, membersBody, patchBody } from './targetPath.ts';
import type { Change } from './targetPath.ts';

const TARGET = 'customappsso';
/** Memberships in one PATCH. */
const BATCH = 20;

/**
 * Brings one group to the target: it is made without members, which follow as a PATCH once they are linked. With `only`
 * just these members are added; else all direct members are, and those who left are removed.
 */
export async function provisionGroup(
  run: Run,
  group: GraphGroup,
  options: { byFilter: boolean; stopOnCredentials: boolean; only?: readonly string[] },
): Promise<Outcome> {
  const mapping = run.rule.group;
  const label = `'${group.displayName}'`;
  const trace = new Trace(
    'Group',
    group.displayName,
    {
      id: group.id,
      displayName: group.displayName,
      identityType: 'Group',
      details: { odatatype: 'Group', DisplayName: group.displayName },
    },
    mapping?.targetObjectName ?? 'Group',
  );
  trace.step(
    'EntryImportAdd',
    'import',
    'success',
    `Received Group ${label} change of type (Add) from Microsoft Entra ID`,
  );
  const entitled = run.scope.groups.has(group.id);
  const passed = entitled && mapping !== undefined;
  trace.step(
    'EntrySynchronizationScoping',
    'scoping',
    passed ? 'success' : 'skipped',
    'Determined if Group in scope by evaluating against each scoping filter',
    {
      'Active in the source system': 'True',
      'Assigned to the application': entitled ? 'True' : 'False',
      'Scoping filter evaluation passed': 'True',
      ScopeEvaluationResult: '{}',
    },
  );
  if (!mapping || !passed) {
    const cause = entitled
      ? 'Provisioning of groups is switched off in the mappings.'
      : 'This object is not assigned to the application.';
    const reason = `The Group ${label} will be skipped due to the following reasons: 1) ${cause}`;
    trace.step('EntrySynchronizationSkip', 'export', 'skipped', reason);
    return trace.end('other', 'skipped', {
      errorCode: entitled ? 'EntrySynchronizationSkipped' : 'NotEffectivelyEntitled',
      reason,
    });
  }
  try {
    return await synchronize(run, group, mapping, trace, options);
  } catch (error) {
    if (error instanceof TargetError && error.stopsTheCycle && options.stopOnCredentials) throw error;
    return failed(trace, error);
  }
}

async function synchronize(
  run: Run,
  group: GraphGroup,
  mapping: ObjectMapping,
  trace: Trace,
  options: { byFilter: boolean; only?: readonly string[] },
): Promise<Outcome> {
  const { target, job, memory } = run;
  const flows = flowsOf(mapping, groupSource(group), undefined);
  const linked = job.links.get(group.id);
  const existing =
    linked !== undefined && !options.byFilter
      ? await target.get('Groups', linked)
      : await match(target, 'Groups', mapping, flows);
  let changes: Change[];
  let id: string;
  if (existing) {
    id = text(existing['id']);
    trace.step(
      'EntrySynchronizationUpdate',
      'matching',
      'success',
      `Retrieved '${trace.label}' from ${TARGET}`,
      { id },
    );
    changes = changesOf(flows, existing);
    if (changes.length > 0)
      await exporting(trace, 'EntryExportUpdate', 'update', () =>
        target.patch('Groups', id, patchBody(changes, target.optimised)),
      );
  } else {
    trace.step(
      'EntrySynchronizationAdd',
      'matching',
      'success',
      `Group '${trace.label}' will be created in ${TARGET} (no matching Group was found in ${TARGET})`,
    );
    const made = await exporting(trace, 'EntryExportAdd', 'create', () =>
      target.create('Groups', creationBody('Group', mapping, flows)),
    );
    id = text(made['id']);
    memory.members.delete(group.id);
    changes = flows.map((flow) => ({
      displayName: flow.target,
      oldValue: null,
      newValue: String(flow.value),
    }));
  }
  job.links.set(group.id, id);
  memory.groups.add(group.id);
  if (mapping.attributes.some((one) => one.sourceName === 'members'))
    changes = [...changes, ...(await bringMembers(run, group, id, trace, options))];
  if (changes.length > 0 || !existing)
    return trace.end(existing ? 'update' : 'create', 'success', { changes, targetId: id });
  const reason = `The state of the group in both the source and target systems already match. No change to the Group '${trace.label}' currently needs to be made.`;
  trace.step('EntrySynchronizationSkip', 'export', 'skipped', reason);
  return trace.end('other', 'skipped', { errorCode: 'RedundantExport', reason, targetId: id });
}

async function bringMembers(
  run: Run,
  group: GraphGroup,
  id: string,
  trace: Trace,
  options: { byFilter: boolean; only?: readonly string[] },
): Promise<Change[]> {
  const { job, memory, target } = run;
  const { only } = options;
  const known = memory.members.get(group.id) ?? new Set<string>();
  memory.members.set(group.id, known);
  // Only users are members at the target, and only those who are there already.
  const linked = (user: string): boolean => job.links.has(user) && !memory.groups.has(user);
  const wanted = (only ?? [...group.members]).filter(linked);
  const added: string[] = [];
  for (const user of wanted) {
    const there = options.byFilter ? await target.hasMember(id, job.links.get(user) ?? '') : known.has(user);
    if (there) known.add(user);
    else added.push(user);
  }
  const removed = only ? [] : [...known].filter((user) => !group.members.has(user));
  const changes: Change[] = [];
  for (const [op, users] of [
    ['Add', added],
    ['Remove', removed],
  ] as const)
    for (let from = 0; from < users.length; from += BATCH) {
      const part = users.slice(from, from + BATCH);
      const ids = part.flatMap((user) => job.links.get(user) ?? []);
      if (ids.length > 0)
        await exporting(trace, 'EntryExportUpdate', 'update', () =>
          target.patch('Groups', id, membersBody(op, ids, target.optimised)),
        );
      for (const user of part)
        if (op === 'Add') known.add(user);
        else known.delete(user);
      for (const one of ids)
        changes.push({
          displayName: 'members',
          oldValue: op === 'Remove' ? one : null,
          newValue: op === 'Add' ? one : '',
        });
    }
  const missing = (only ?? [...group.members]).length - wanted.length;
  if (missing > 0)
    trace.step(
      'EntryReferenceResolution',
      'referenceResolution',
      'skipped',
      `${missing} members are not in ${TARGET}`,
    );
  return changes;
}
