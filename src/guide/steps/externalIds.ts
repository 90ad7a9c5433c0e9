import { lacksOnDemand, noOnDemand } from '../cloudLimits.ts';
import type { FindingAction, Requirement, Verdict } from '../requirement.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { wrongIds } from './arrivals.ts';
import { nameList } from './nameList.ts';
import { readyToPush } from './readyToPush.ts';
import { met, unmet, whenKnown, whenServicePrincipal } from './verdicts.ts';

/** That Kiro has nobody under another external ID than the object ID; mended by the rescue, not by a plan. */
export const externalIdsRequirement: Requirement = {
  id: 'people.externalIds',
  step: 5,
  title: text('External IDs in Kiro'),
  why: text(
    'Kiro keeps the first external ID it receives. People with another than their object ID can’t use Kiro.',
  ),
  severity: 'required',
  evaluate,
};

function evaluate(snapshot: Snapshot): Verdict {
  return whenServicePrincipal(snapshot, () => {
    if (!snapshot.scim.known && valueOf(snapshot.assignments)?.length === 0) {
      return met(text('nobody yet'), text('Nobody is assigned, so nobody is in Kiro by this application.'));
    }
    return whenKnown(snapshot.scim, () => {
      const wrong = wrongIds(snapshot);
      return wrong.length === 0
        ? met(text('right'), text('No member of the assigned groups has a wrong external ID in Kiro.'))
        : unmet(
            text('{0} wrong', wrong.length),
            text(
              'In Kiro with an external ID that is not their object ID: {0}.',
              nameList(wrong.map(({ person }) => person.displayName)),
            ),
            { ...repairOfExternalIds(snapshot), portal: 'kiroConsole', peopleAffected: true },
          );
    });
  });
}

/** How wrong records are mended now. Whom Entra would bring back under a wrong ID again is not deleted: step 4 comes first. */
export function repairOfExternalIds(snapshot: Snapshot): {
  readonly remedy: Text;
  readonly action?: Extract<FindingAction, { readonly kind: 'repairExternalIds' | 'applyStep' }>;
} {
  if (lacksOnDemand(snapshot.cloud)) {
    return {
      remedy: text(
        'Kiro never changes an external ID: the records have to be deleted in Kiro and their people provisioned again. {0}',
        noOnDemand,
      ),
    };
  }
  return readyToPush(snapshot)
    ? {
        remedy: text(
          'Kiro never changes an external ID. “Repair external IDs” deletes the wrong records and provisions their people again, one person first; until then nobody else is provisioned.',
        ),
        action: { kind: 'repairExternalIds' },
      }
    : {
        remedy: text(
          'Kiro never changes an external ID. Apply step 4 first, so that the right one is sent; then the wrong records can be repaired.',
        ),
        action: { kind: 'applyStep', step: 4 },
      };
}
