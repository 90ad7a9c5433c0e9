import { explainScimFault } from '../../guide/diagnosis/scimFaults.ts';
import { onDemandBlocked } from '../../guide/onDemand.ts';
import { checkScimEndpoint } from '../../guide/scimEndpoint.ts';
import type { Snapshot } from '../../guide/snapshot.ts';
import { expectedPeople } from '../../guide/steps/arrivals.ts';
import { text, type Text } from '../../guide/text.ts';
import { isScimError } from '../../scim/scimError.ts';
import { readRecord } from '../../scim/scimRecord.ts';
import type { ScimReaderOptions } from '../../scim/scimReader.ts';
import { BadInput } from '../badInput.ts';
import type { KiroDeps } from '../observeKiro.ts';
import { brokenOff } from './affected.ts';
import type { Affected, Rescue, RescueReport } from './desk.ts';
import type { RescueDeps } from './rescueDeps.ts';
import { rescueOne, RescueStopped } from './rescueOne.ts';

/** The rescue of one session, against what the last look saw. */
export function rescue(deps: RescueDeps): Rescue {
  return {
    async plan({ signal } = {}) {
      const snapshot = ready(deps.seen());
      const scim = await endpointOf(snapshot, deps.kiro, signal);
      const { differences, counts } = await deps.compare({ ...(signal && { signal }) });
      const wrong = differences.filter(({ kind }) => kind === 'wrongId');
      const begun = brokenOff(await deps.journal.entries());
      const known = new Set(begun.map(({ person }) => person.id.toLowerCase()));
      // Whom Entra would not bring back keeps the record.
      const expected = new Map(expectedPeople(snapshot).map((person) => [person.id.toLowerCase(), person]));
      const found = wrong.flatMap(({ objectId, recordId, found: externalId = '' }): Affected[] => {
        const person = expected.get(objectId ?? '');
        if (!person || recordId === undefined || known.has(person.id.toLowerCase())) return [];
        return [{ person, recordId, externalId }];
      });
      const people: Affected[] = [];
      for (const one of [...begun, ...found]) {
        const record = await asking(() => readRecord(scim, one.recordId));
        people.push({ ...one, ...(record !== undefined && { record }) });
      }
      return { people, begun: begun.length, more: counts.wrongId - wrong.length };
    },
    async run({ people }, { signal, onProgress, goOn }) {
      const rescued: Affected[] = [];
      const report = (ended: RescueReport['ended'], why?: Text): RescueReport => ({
        rescued,
        left: people.length - rescued.length,
        ended,
        ...(why && { why }),
      });
      try {
        const scim = await endpointOf(ready(deps.seen()), deps.kiro, undefined);
        for (const [index, one] of people.entries()) {
          // Nobody is left between two requests because of an impatient click: a person is finished or not begun.
          if (signal?.aborted) return report('cancelled');
          if (index === 1 && rescued[0] && !(await goOn(rescued[0]))) return report('cancelled');
          onProgress?.({ done: index, total: people.length, name: one.person.displayName });
          await rescueOne(one, { ...deps, scim });
          rescued.push(one);
        }
        return report('all');
      } catch (error) {
        if (error instanceof RescueStopped) return report('stopped', error.text);
        if (error instanceof BadInput) return report('stopped', error.text);
        if (isScimError(error)) return report('stopped', explainScimFault(error));
        throw error;
      }
    },
  };
}

function ready(snapshot: Snapshot | undefined): Snapshot {
  const [person] = snapshot ? expectedPeople(snapshot) : [];
  if (!snapshot || !person)
    throw new BadInput(text('Nothing was looked at yet, or nobody is assigned. Check now.'));
  const reason = onDemandBlocked(snapshot, { kind: 'person', person });
  if (reason) throw new BadInput(reason);
  return snapshot;
}

async function endpointOf(
  { kept }: Snapshot,
  kiro: KiroDeps,
  signal: AbortSignal | undefined,
): Promise<ScimReaderOptions> {
  const checked = checkScimEndpoint(kept.scim?.endpoint ?? '', kiro);
  if (!checked.ok) throw new BadInput(checked.reason);
  const token = await kiro.token();
  if (token === undefined)
    throw new BadInput(text('Kiro’s access token is not stored here. Enter it to look.'));
  return { baseUrl: checked.endpoint, token, ...(signal && { signal }) };
}

async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isScimError(error)) throw new BadInput(explainScimFault(error));
    throw error;
  }
}
