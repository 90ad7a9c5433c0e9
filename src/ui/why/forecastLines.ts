import type { Session } from '../../engine/session.ts';
import type { Plan } from '../../guide/change.ts';
import { words } from '../words.ts';

/** Ids of changes that assign a group start so (guide/steps/groupAssigned.ts). */
const assigns = 'people.assign.';

/**
 * Who would come of the groups that a plan assigns, for the question that asks for a yes. Nothing where they can't be read:
 * the question is asked all the same.
 */
export async function forecastLines(session: Session, plan: Plan): Promise<readonly string[]> {
  const groupIds = plan.changes.flatMap(({ id }) =>
    id.startsWith(assigns) ? [id.slice(assigns.length)] : [],
  );
  if (groupIds.length === 0) return [];
  const [forecasts, { forecastSentences }] = await Promise.all([
    session.people.forecast(groupIds).catch(() => []),
    import('../../guide/diagnosis/accessForecast.ts'),
  ]);
  return forecasts.flatMap((one) => ['', ...forecastSentences(one).map(words)]);
}
