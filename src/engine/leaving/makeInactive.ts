import type { PersonAccount } from '../../guide/diagnosis/person.ts';
import type { KiroState } from '../../guide/leaving/leavingPaths.ts';
import { known, valueOf, type Observed, type Snapshot } from '../../guide/snapshot.ts';
import type { Text } from '../../guide/text.ts';
import { BadInput } from '../badInput.ts';
import { readKiroPerson } from '../kiroPerson.ts';
import type { LeavingDeps } from './leavingDeps.ts';

/** Milliseconds before each push: provisioning may learn of a removal later than Microsoft Graph tells of it. */
const pushes = [0, 10_000, 30_000] as const;
/** Milliseconds between looks at the record after a push. */
const looks = [0, 1_000, 3_000] as const;

/** How Kiro has somebody: active where any record of theirs is. */
export async function readState(
  person: PersonAccount,
  { kept }: Pick<Snapshot, 'kept'>,
  deps: Pick<LeavingDeps, 'kiro'>,
  signal?: AbortSignal,
): Promise<Observed<KiroState>> {
  const { records } = await readKiroPerson(kept.scim?.endpoint, person, deps.kiro, signal);
  if (!records.known) return records;
  const state = records.value.length === 0 ? 'none' : records.value.some(({ active }) => active);
  return known(state === 'none' ? state : state ? 'active' : 'inactive', records.at);
}

/**
 * Pushes somebody who is no longer assigned until Kiro has them inactive, and journals that it was read back. Where Entra can't
 * push, Kiro is read all the same; `why` then says what stood against it.
 */
export async function makeInactive(
  person: PersonAccount,
  deps: LeavingDeps,
  signal: AbortSignal | undefined,
): Promise<{ readonly inKiro: Observed<KiroState>; readonly why?: Text }> {
  const snapshot = deps.seen();
  if (!snapshot) throw new Error('Making somebody inactive needs a look first.');
  let inKiro = await readState(person, snapshot, deps);
  let why: Text | undefined;
  for (const wait of pushes) {
    if (isGone(inKiro) || signal?.aborted) break;
    await deps.clock.sleep(wait);
    const pushed = await push(person, deps, signal);
    why = pushed.why;
    for (const look of looks) {
      await deps.clock.sleep(look);
      inKiro = await readState(person, snapshot, deps);
      if (isGone(inKiro) || !inKiro.known) break;
    }
    // What can't be pushed or can't be read now does not get better by doing it again.
    if (pushed.blocked || !inKiro.known) break;
  }
  if (isGone(inKiro)) await noteReadBack(person, deps);
  return { inKiro, ...(why && { why }) };
}

function isGone(inKiro: Observed<KiroState>): boolean {
  const state = valueOf(inKiro);
  return state === 'inactive' || state === 'none';
}

async function push(
  { id, displayName, userPrincipalName }: PersonAccount,
  { onDemand }: LeavingDeps,
  signal: AbortSignal | undefined,
): Promise<{ readonly why?: Text; readonly blocked: boolean }> {
  try {
    const person = { id, displayName, userPrincipalName };
    const plan = await onDemand.plan({ kind: 'person', person });
    const { results, ended, why } = await onDemand.push(plan, { ...(signal && { signal }) });
    const said = why ?? results[0]?.said;
    return { ...(said && { why: said }), blocked: ended !== 'all' };
  } catch (error) {
    if (error instanceof BadInput) return { why: error.text, blocked: true };
    throw error;
  }
}

async function noteReadBack({ displayName }: PersonAccount, deps: LeavingDeps): Promise<void> {
  await deps.journal.write({
    id: deps.newId(),
    at: deps.clock.now(),
    account: deps.account,
    phase: 'done',
    changes: ['people.leave.inactive'],
    titles: [`Read back from Kiro that ${displayName} is inactive`],
    method: 'GET',
    path: '/Users',
  });
}
