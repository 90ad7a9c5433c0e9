import { format } from '../../src/guide/text.ts';
import type { Session } from '../../src/engine/session.ts';
import type { Cause } from './fault.ts';

interface Said {
  readonly changes: number;
  readonly said: readonly string[];
}

/** Repairs everyone whom Kiro keeps under a wrong external ID, as the command does once the admin said yes. */
export async function repairExternalIds(session: Session): Promise<Said> {
  const { health } = await session.observe();
  const asked = health.steps
    .flatMap(({ findings }) => findings)
    .some(({ action }) => action?.kind === 'repairExternalIds');
  if (!asked) return { changes: 0, said: [] };
  const plan = await session.rescue.plan();
  const { rescued, ended, why } = await session.rescue.run(plan, { goOn: async () => true });
  return {
    changes: rescued.length,
    said: ended === 'all' ? [] : [`external IDs: ${why ? format(why) : ended}`],
  };
}

/** Provisions the person on demand whom the cause is about, where that is its cure. */
export async function provisionNow(session: Session, { cure }: Cause): Promise<Said> {
  if (cure === undefined) return { changes: 0, said: [] };
  const plan = await session.onDemand.plan({ kind: 'person', person: cure });
  const { results, why } = await session.onDemand.push(plan);
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const said = [...(why ? [why] : []), ...failed.map((one) => one.said)].map((one) => format(one));
  return { changes: results.length - failed.length, said };
}
