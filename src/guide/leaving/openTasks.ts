import type { Kept, KeptLeaver, LeftTick } from '../kept.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { met, manual, unmet } from '../steps/verdicts.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { hasAccess } from './leavingPaths.ts';

/** How long a task that was ticked stays in sight, so that a tick can be taken back. */
const inSight = 7 * 24 * 60 * 60 * 1000;

/** The tick that ends somebody's task. */
export function leftTick(id: string): LeftTick {
  return `left.${id}`;
}

/** One warning for each person whose access was removed: their seat stays until somebody deletes it in the Kiro console. */
export function leaverRequirements(snapshot: Snapshot): readonly Requirement[] {
  return openLeavers(snapshot.kept, snapshot.at)
    .filter(({ id }) => !hasAccess(snapshot, id))
    .map((leaver) => ({
      id: `people.left.${leaver.id}`,
      step: 5,
      title: text('Seat of {0}', leaver.name),
      why: text(
        'Kiro ends a session only at its next token refresh, and keeps a seat, and bills it, until it is deleted in the console.',
      ),
      severity: 'warning',
      evaluate: (seen) => evaluate(seen, leaver),
    }));
}

function evaluate(snapshot: Snapshot, { id, name, inactiveAt }: KeptLeaver): Verdict {
  const tick = leftTick(id);
  const at = snapshot.kept.ticks[tick];
  if (at !== undefined)
    return met(text('deleted'), text('You ticked it at {0}.', { at }), { portal: 'kiroConsole' });
  const record = valueOf(snapshot.scim)?.users.find(
    ({ externalId }) => externalId?.toLowerCase() === id.toLowerCase(),
  );
  if (record ? record.active : inactiveAt === undefined) {
    return unmet(
      text('perhaps still active in Kiro'),
      text('The access of {0} in Entra is gone, but Kiro was not seen to have them inactive.', name),
      {
        remedy: text('Remove the access of {0} again: what is left of it is done and read back.', name),
        portal: 'provisioningLogs',
      },
    );
  }
  return manual(
    text('to delete'),
    text('{0} has no access any more; the seat is still there as far as anybody said.', name),
    {
      remedy: text(
        'In the Kiro console, under Subscriptions, delete the seat of {0}, unless it goes with a group’s; then tick it here.',
        name,
      ),
      action: { kind: 'tick', tick },
      portal: 'kiroConsole',
    },
  );
}

/** Tasks that are open, or were ticked not long ago. */
export function openLeavers({ leavers = [], ticks }: Kept, now: number): readonly KeptLeaver[] {
  return leavers.filter(({ id }) => now - (ticks[leftTick(id)] ?? now) < inSight);
}

/** Keeps somebody's task, open; forgets those that were ticked long ago. */
export function withLeaver(kept: Kept, leaver: KeptLeaver, now: number): Kept {
  const open = openLeavers(kept, now).filter(({ id }) => id !== leaver.id);
  return { ...withoutTicks(kept, open), leavers: [...open, leaver] };
}

/** Forgets somebody's task. */
export function withoutLeaver(kept: Kept, id: string): Kept {
  const left = (kept.leavers ?? []).filter((one) => one.id !== id);
  return { ...withoutTicks(kept, left), leavers: left };
}

function withoutTicks(kept: Kept, leavers: readonly KeptLeaver[]): Kept {
  const stay = new Set<string>(leavers.map(({ id }) => leftTick(id)));
  const ticks = Object.entries(kept.ticks).filter(([key]) => !key.startsWith('left.') || stay.has(key));
  return { ...kept, ticks: Object.fromEntries(ticks) };
}
