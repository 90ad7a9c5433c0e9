import { readBatch, readOne, type ReadOptions } from '../../entra/batch.ts';
import { groupKind } from '../../entra/groupKind.ts';
import { usersNamed } from '../../entra/users.ts';
import type { PersonAccount } from '../../guide/diagnosis/person.ts';
import type { Plan } from '../../guide/change.ts';
import { accessPaths, changeableBy, type LeavingView } from '../../guide/leaving/leavingPaths.ts';
import { leavingPlan } from '../../guide/leaving/leavingPlan.ts';
import { removalOf } from '../../guide/leaving/membershipChanges.ts';
import { withLeaver, withoutLeaver } from '../../guide/leaving/openTasks.ts';
import { valueOf, type Snapshot } from '../../guide/snapshot.ts';
import { text, type Text } from '../../guide/text.ts';
import { BadInput } from '../badInput.ts';
import type { Leaving, LeavingReport, Left } from './desk.ts';
import type { LeavingDeps } from './leavingDeps.ts';
import { makeInactive, readState } from './makeInactive.ts';

/** Milliseconds between looks for what was removed: reads of Microsoft Graph may lag behind writes. */
const looks = [0, 1_000, 3_000, 8_000, 15_000] as const;

/** The removals of one session. */
export function leaving(deps: LeavingDeps): Leaving {
  const reading = (signal: AbortSignal | undefined): ReadOptions => ({
    now: deps.kiro.now,
    ...(signal && { signal }),
  });
  return {
    find: (typed, { signal } = {}) => readOne(deps.graph, usersNamed(typed.trim()), reading(signal)),
    async look(person, { signal } = {}) {
      const { snapshot } = await deps.observe({ ...(signal && { signal }) });
      return viewOf(snapshot, person, deps, reading(signal));
    },
    plan: (view, groupIds) => leavingPlan(seen(deps), view, groupIds, deps.root),
    async run(view, plan, options) {
      const { person } = view;
      const before = seen(deps).kept;
      await deps.keep((kept) => {
        const { id, displayName: name } = person;
        return withLeaver(kept, { id, name, at: deps.clock.now() }, deps.clock.now());
      });
      const { result, made, summary } = await deps.send(plan, options);
      const left = await pathsLeft(person, plan, deps);
      const stays = left.unseen !== undefined || left.direct + left.groups.length > 0;
      if (result !== 'done' && stays) {
        // Nothing came of it: no task either, unless an earlier removal left one.
        const earlier = before.leavers?.some(({ id }) => id === person.id) === true;
        if (made.length === 0 && !earlier) await deps.keep((kept) => withoutLeaver(kept, person.id));
        return result === 'cancelled'
          ? ended('cancelled', text('Stopped as you wished. Remove the access again to go on.'))
          : ended('failed', summary);
      }
      if (stays) return ended('done', keeps(person, left));
      const { inKiro, why } = await makeInactive(person, deps, options.signal);
      const state = valueOf(inKiro);
      if (state === 'inactive' || state === 'none') {
        const inactiveAt = deps.clock.now();
        await deps.keep((kept) => ({
          ...kept,
          leavers: (kept.leavers ?? []).map((one) => (one.id === person.id ? { ...one, inactiveAt } : one)),
        }));
      }
      return { result: 'done', made, left, inKiro, summary: closing(person, inKiro, why) };

      function ended(how: LeavingReport['result'], said: Text): LeavingReport {
        return { result: how, made, left, inKiro: view.inKiro, summary: said };
      }
    },
  };
}

async function viewOf(
  snapshot: Snapshot,
  person: PersonAccount,
  deps: LeavingDeps,
  options: ReadOptions,
): Promise<LeavingView> {
  if (snapshot.application.known && snapshot.application.value === undefined)
    throw new BadInput(text('There is no application yet, so nobody has access by it.'));
  for (const one of [snapshot.assignments, snapshot.groups]) if (!one.known) throw new BadInput(one.detail);
  const { direct, groups } = accessPaths(snapshot, person.id);
  const [kinds, inKiro] = await Promise.all([
    readBatch(
      deps.graph,
      groups.map(({ id }) => groupKind(id)),
      options,
    ),
    readState(person, snapshot, deps, options.signal),
  ]);
  return {
    person,
    direct,
    groups: groups.map((group, index) => {
      const kind = kinds[index];
      return { ...group, changeable: changeableBy(kind?.ok ? kind.value : undefined) };
    }),
    openToEveryone: valueOf(snapshot.servicePrincipal)?.appRoleAssignmentRequired === false,
    inKiro,
  };
}

/** What still gives access, once a look had time to show that what the plan removes is gone. */
async function pathsLeft(person: PersonAccount, plan: Plan, deps: LeavingDeps): Promise<Left> {
  const removed = new Set(plan.changes.map(({ id }) => id));
  let left: Left = { direct: 0, groups: [] };
  for (const wait of looks) {
    await deps.clock.sleep(wait);
    const { snapshot } = await deps.observe({});
    const { direct, groups } = accessPaths(snapshot, person.id);
    const unseen = [snapshot.assignments, snapshot.groups].find(({ known }) => !known);
    left = {
      direct: direct.length,
      groups: groups.map(({ displayName }) => displayName),
      ...(unseen && !unseen.known && { unseen: unseen.detail }),
    };
    const still =
      direct.some(({ id }) => removed.has(removalOf.assignment(id))) ||
      groups.some(({ id }) => removed.has(removalOf.member(id)));
    if (!still && !unseen) break;
  }
  return left;
}

function keeps({ displayName }: PersonAccount, { direct, groups, unseen }: Left): Text {
  if (unseen)
    return text(
      'What was removed could not be looked at, so it can’t be told what {0} still has: {1} Remove the access again.',
      displayName,
      unseen,
    );
  return direct > 0
    ? text('A direct assignment of {0} still shows. Remove the access again.', displayName)
    : text('{0} keeps access to Kiro by {1}.', displayName, groups.join(', '));
}

function closing(
  { displayName }: PersonAccount,
  inKiro: LeavingReport['inKiro'],
  why: Text | undefined,
): Text {
  if (!inKiro.known)
    return text(
      'The access of {0} in Entra is removed. Whether Kiro has them inactive could not be read: {1}',
      displayName,
      inKiro.detail,
    );
  switch (inKiro.value) {
    case 'inactive':
      return text('The access of {0} is removed, and Kiro has them inactive.', displayName);
    case 'none':
      return text('The access of {0} is removed. Kiro has no record of them.', displayName);
    case 'active':
      return text(
        'The access of {0} in Entra is removed, but Kiro still has them active: {1} Remove the access again to push and read back once more.',
        displayName,
        why ?? text('Entra’s next cycle, in about 40 minutes, should change that.'),
      );
  }
}

function seen(deps: LeavingDeps): Snapshot {
  const snapshot = deps.seen();
  if (!snapshot) throw new BadInput(text('Nothing was looked at yet. Check now.'));
  return snapshot;
}
