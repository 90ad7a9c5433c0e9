import type { Kept, KeptApplication, TickId } from './kept.ts';
import { valueOf, type Snapshot } from './snapshot.ts';

/** What was ticked about the application itself, and has to be done again for another one. */
const ticksOfIt: readonly TickId[] = ['profile', 'credentialsSaved', 'mappingCorrected'];

/** Whether the application of this look can never be provisioned, so that another takes its place. */
function isUseless(snapshot: Snapshot | undefined): boolean {
  const application = snapshot && valueOf(snapshot.application);
  return (
    application !== undefined && application.applicationTemplateId !== snapshot?.cloud.nonGalleryTemplateId
  );
}

/**
 * What is kept once the connection turns to an application. One that could never be provisioned is remembered, because people
 * who are assigned to it have to be moved; what a person ticked about it does not hold for the new one. `seen`: the last look.
 */
export function turnedTo(kept: Kept, application: KeptApplication, seen: Snapshot | undefined): Kept {
  const before = kept.application;
  const turned = before === undefined ? kept : { ...kept, ticks: ticksLeft(kept, before, application) };
  if (kept.formerApplication?.applicationId === application.applicationId)
    return withoutFormer({ ...turned, application });
  const former =
    before !== undefined && before.applicationId !== application.applicationId && isUseless(seen)
      ? { formerApplication: before }
      : {};
  return { ...turned, application, ...former };
}

/** What stays kept once the application is gone: the connection is about the former one again, where there is one. */
export function withoutApplication(kept: Kept): Kept {
  if (kept.formerApplication !== undefined) return turnedTo(kept, kept.formerApplication, undefined);
  const left = { ...kept };
  delete left.application;
  return left;
}

function withoutFormer(kept: Kept): Kept {
  const left = { ...kept };
  delete left.formerApplication;
  return left;
}

function ticksLeft({ ticks }: Kept, before: KeptApplication, now: KeptApplication): Kept['ticks'] {
  if (before.applicationId === now.applicationId) return ticks;
  const gone: readonly string[] = ticksOfIt;
  return Object.fromEntries(Object.entries(ticks).filter(([id]) => !gone.includes(id)));
}
