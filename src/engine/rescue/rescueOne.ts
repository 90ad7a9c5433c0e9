import { text } from '../../guide/text.ts';
import { createScimClient } from '../../scim/scimClient.ts';
import { deleteRecord, readRecord } from '../../scim/scimRecord.ts';
import type { ScimReaderOptions } from '../../scim/scimReader.ts';
import type { JournalEntry } from '../session.ts';
import { back, bodyOf, deleting } from './affected.ts';
import type { Affected } from './desk.ts';
import type { RescueDeps } from './rescueDeps.ts';
import { TextError } from '../textError.ts';

/** A rescue that can't go on with anybody before somebody has looked. */
export class RescueStopped extends TextError {
  override readonly name = 'RescueStopped';
}

/** Milliseconds between looks for a person who was pushed: Kiro lists them at once as a rule. */
const looks = [0, 1_000, 2_000, 4_000, 8_000, 15_000] as const;

/**
 * Takes one person from a wrong record to the right one. Each request is decided by what Kiro has at that moment, so it goes on
 * from wherever an earlier one broke off: a record is deleted only where it was read with a wrong external ID just before, and
 * what is to be deleted stands in the journal first. Throws `RescueStopped` or a `ScimError`.
 */
export async function rescueOne(
  one: Affected,
  deps: RescueDeps & { readonly scim: ScimReaderOptions },
): Promise<void> {
  const { person } = one;
  const id = one.begun ?? deps.newId();
  if (await isBack(one, deps)) return finish(one, id, deps);
  const record = await readRecord(deps.scim, one.recordId);
  if (record !== undefined) {
    const current: Affected = { ...one, record };
    const entry = entryOf(current, id, deps);
    await deps.journal.write(entry);
    await deleteRecord(deps.scim, one.recordId);
    await deps.journal.write({ ...entry, at: deps.clock.now(), phase: 'done' });
  }
  const plan = await deps.onDemand.plan({ kind: 'person', person });
  const { results, why } = await deps.onDemand.push(plan);
  for (const wait of looks) {
    await deps.clock.sleep(wait);
    if (await isBack(one, deps)) return finish(one, id, deps);
  }
  const said = why ?? results[0]?.said ?? text('Entra gave no answer.');
  throw new RescueStopped(
    text(
      'The wrong record of {0} is deleted, but Kiro does not have the person again yet: {1} Nobody else was touched. Repair again to go on with {0}.',
      person.displayName,
      said,
    ),
  );
}

/** Whether Kiro has the person under the object id. */
async function isBack(
  { person }: Affected,
  { scim }: { readonly scim: ScimReaderOptions },
): Promise<boolean> {
  return (await createScimClient(scim).findUserByExternalId(person.id)) !== undefined;
}

async function finish(one: Affected, id: string, deps: RescueDeps): Promise<void> {
  await deps.journal.write({
    id,
    at: deps.clock.now(),
    account: deps.account,
    phase: 'done',
    changes: [back],
    titles: [`Read ${one.person.displayName} back from Kiro under the object ID`],
    method: 'GET',
    path: '/Users',
  });
}

function entryOf(one: Affected, id: string, { clock, account }: RescueDeps): JournalEntry {
  return {
    id,
    at: clock.now(),
    account,
    phase: 'intended',
    changes: [deleting],
    titles: [`Delete the record of ${one.person.displayName} in Kiro`],
    method: 'DELETE',
    path: `/Users/${one.recordId}`,
    body: bodyOf(one),
  };
}
