import type { Change } from '../change.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { pauseJob } from './pauseJob.ts';
import { isRightlyIdentified } from './schemaMapping.ts';

/** Whether the job is scheduled, in quarantine or not, with an external ID that Kiro must not receive. */
export function sendsWrongIds(snapshot: Snapshot): boolean {
  const schema = valueOf(snapshot.schema);
  return (
    valueOf(snapshot.job)?.schedule.state === 'Active' &&
    snapshot.schemaSource === 'job' &&
    // What was not seen is not wrong.
    schema !== undefined &&
    !isRightlyIdentified(schema)
  );
}

/**
 * Stops a job that is scheduled with a wrong mapping, before anything else is changed: every cycle may send Kiro external
 * IDs that it keeps for ever, also one in quarantine as soon as its token is right again. Empty where no job does so.
 */
export function pauseFirst(snapshot: Snapshot): readonly Change[] {
  const principal = valueOf(snapshot.servicePrincipal);
  const job = valueOf(snapshot.job);
  if (principal === undefined || job === undefined || !sendsWrongIds(snapshot)) return [];
  return [
    pauseJob(principal, job, {
      title: text('Stop provisioning until the mapping is right'),
      why: text(
        'It runs with a wrong external ID, and Kiro keeps the first one it receives. Step 5 starts it again.',
      ),
    }),
  ];
}
