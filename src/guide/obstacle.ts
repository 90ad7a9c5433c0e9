import type { Finding, StepNumber } from './requirement.ts';
import { valueOf, type Snapshot } from './snapshot.ts';
import { wrongIds } from './steps/arrivals.ts';
import { text, type Text } from './text.ts';

/**
 * What keeps a requirement from being planned, because changing anything would be in vain or make a repair harder: an
 * application that can never be provisioned, or people whom Kiro already keeps under another external ID.
 */
export function obstacle(snapshot: Snapshot, step: StepNumber, requirement: string): Text | undefined {
  const application = valueOf(snapshot.application);
  if (
    step > 1 &&
    application !== undefined &&
    application.applicationTemplateId !== snapshot.cloud.nonGalleryTemplateId
  ) {
    return text(
      '{0} was not made as a non-gallery application and can’t be provisioned to Kiro, so it is left as it is. Create or choose another one in step 1.',
      application.displayName,
    );
  }
  // Their records can't be repaired before endpoint, token and mapping are right, which pushes nobody: a job that sends wrong
  // external IDs is stopped first.
  const pushes = step === 5 || restarting.includes(requirement);
  return pushes && wrongIds(snapshot).length > 0
    ? text(
        'People are in Kiro under other external IDs than their object IDs. Their records have to be repaired before anyone else is provisioned.',
      )
    : undefined;
}

const restarting: readonly string[] = ['provisioning.quarantine', 'provisioning.profileRenewed'];

const repairs: readonly string[] = ['people.externalIds'];

/** Unmet findings that no plan mends: each needs a repair that only a person decides on. */
export function needingRepair(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(
    ({ id, status, after }) => repairs.includes(id) && status === 'unmet' && after === undefined,
  );
}
