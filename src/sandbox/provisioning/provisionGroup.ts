import type { GraphGroup } from '../state.ts';
import { creationBody, patchBody } from './bodies.ts';
import { attempting, exporting } from './exporting.ts';
import type { GroupOptions } from './exporting.ts';
import { canMatch, changeOf, changesOf, demandRequired, demandUnowned, flowsOf, match } from './flows.ts';
import type { Change } from './flows.ts';
import { text } from './json.ts';
import type { ObjectMapping } from './mapping.ts';
import { bringMembers } from './members.ts';
import { TARGET, Trace } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { groupPasses, isGroupInScope, link } from './run.ts';
import type { Run } from './run.ts';
import { groupSource } from './source.ts';
import { TargetError } from './targetErrors.ts';

/**
 * Brings one group to the target: it is made without members, which follow as a PATCH once they are linked. With `only`
 * just these members are added; else all direct members are, and those who left are removed.
 */
export function provisionGroup(run: Run, group: GraphGroup, options: GroupOptions): Promise<Outcome> {
  const mapping = run.rule.group;
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
  return attempting(trace, options, async () => {
    trace.imported(run.job.links.has(group.id) ? 'Update' : 'Add');
    const passed = mapping !== undefined && isGroupInScope(run, group);
    scoping(run, group, trace, passed);
    if (!mapping || !passed) return outOfScope(run, group, trace);
    return synchronize(run, group, mapping, trace, options);
  });
}

function scoping(run: Run, group: GraphGroup, trace: Trace, passed: boolean): void {
  trace.step(
    'EntrySynchronizationScoping',
    'scoping',
    passed ? 'success' : 'skipped',
    'Determined if Group in scope by evaluating against each scoping filter',
    {
      'Active in the source system': 'True',
      'Assigned to the application': run.scope.groups.has(group.id) ? 'True' : 'False',
      'Scoping filter evaluation passed': groupPasses(run, group) ? 'True' : 'False',
      ScopeEvaluationResult: '{}',
    },
  );
}

function outOfScope(run: Run, group: GraphGroup, trace: Trace): Outcome {
  const entitled = run.scope.groups.has(group.id);
  const cause = !entitled
    ? 'This object is not assigned to the application.'
    : run.rule.group
      ? 'This object does not pass the scoping filters.'
      : 'Provisioning of groups is switched off in the mappings.';
  return trace.skip(
    entitled ? 'EntrySynchronizationSkipped' : 'NotEffectivelyEntitled',
    `The Group '${trace.label}' will be skipped due to the following reasons: 1) ${cause}`,
  );
}

async function synchronize(
  run: Run,
  group: GraphGroup,
  mapping: ObjectMapping,
  trace: Trace,
  options: GroupOptions,
): Promise<Outcome> {
  const { target, job, memory } = run;
  const flows = flowsOf(mapping, groupSource(group));
  if (!canMatch(mapping, flows))
    return trace.end('other', 'skipped', {
      errorCode: 'ImportSkipped',
      reason: `The Group '${trace.label}' will be skipped since its matching attribute is empty at the source.`,
    });
  const linked = job.links.get(group.id);
  const existing =
    linked !== undefined && !options.byFilter
      ? await target.get('Groups', linked)
      : await match(target, 'Groups', mapping, flows);
  let changes: Change[];
  let id: string;
  if (existing) {
    id = text(existing['id']);
    demandUnowned(run, group.id, id);
    trace.step(
      'EntrySynchronizationUpdate',
      'matching',
      'success',
      `Retrieved '${trace.label}' from ${TARGET}`,
      { id },
    );
    changes = mapping.flows.has('update') ? changesOf(flows, existing) : [];
    if (changes.length > 0)
      await exporting(trace, 'EntryExportUpdate', 'update', () =>
        target.patch('Groups', id, patchBody(changes, target.optimised)),
      );
  } else {
    if (!mapping.flows.has('add'))
      return trace.skip(
        'EntrySynchronizationSkipped',
        `The Group '${trace.label}' has no matching Group in ${TARGET} and will not be created.`,
      );
    trace.step(
      'EntrySynchronizationAdd',
      'matching',
      'success',
      `Group '${trace.label}' will be created in ${TARGET} (no matching Group was found in ${TARGET})`,
    );
    demandRequired(mapping, flows);
    const made = await exporting(trace, 'EntryExportAdd', 'create', () =>
      target.create('Groups', creationBody('Group', mapping, flows)),
    );
    id = text(made['id']);
    memory.members.delete(group.id);
    changes = flows.map((flow) => changeOf(flow, null));
  }
  if (linked !== id) memory.members.delete(group.id);
  link(run, group.id, id);
  memory.groups.add(group.id);
  try {
    const known = existing === undefined || linked === id;
    changes = [...changes, ...(await bringMembers(run, group, { id, trace, options, mapping, known }))];
  } catch (error) {
    if (!(error instanceof TargetError) || (error.stopsTheCycle && options.stopOnCredentials)) throw error;
    return trace.end('update', 'failure', {
      errorCode: error.code,
      reason: error.message,
      targetId: id,
      changes,
      reference: true,
    });
  }
  if (changes.length > 0 || !existing)
    return trace.end(existing ? 'update' : 'create', 'success', { changes, targetId: id });
  return trace.skip(
    'RedundantExport',
    `The state of the group in both the source and target systems already match. No change to the Group '${trace.label}' currently needs to be made.`,
    id,
  );
}
