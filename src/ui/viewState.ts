import type { Observation } from '../engine/session.ts';
import type { Unknown } from '../guide/snapshot.ts';
import type { Text } from '../guide/text.ts';

/**
 * What the Kiro Connect view is about right now. Each of the first eight is a welcome text in the manifest; in `ready`
 * the tree stands. Pure, so that it is proved without VS Code.
 */
export type ViewState =
  | 'signedOut'
  | 'opening'
  | 'sandboxReady'
  | 'sandboxStopped'
  | 'runOut'
  | 'noApplication'
  | 'noAccess'
  | 'offline'
  | 'ready';

/** How an open connection looks: `lastGood` is the newest look that Microsoft Graph answered, if any did. */
export function viewStateOf(current: Observation | undefined, lastGood: Observation | undefined): ViewState {
  if (!current) return 'opening';
  if (reached(current)) return applicationState(current);
  // What was seen before is worth more than an empty view; the view's message says how old it is.
  if (lastGood) return applicationState(lastGood);
  const reasons = notReached(current).map(({ reason }) => reason);
  if (reasons.includes('signed-out')) return 'runOut';
  if (reasons.includes('permission')) return 'noAccess';
  if (reasons.includes('network')) return 'offline';
  return 'ready';
}

/** Whether a look did not reach the tenant because the sign-in has run out: only a person can renew it. */
export function ranOut(observation: Observation): boolean {
  return whyRunOut(observation) !== undefined;
}

/** What was said about it, as a sentence. */
export function whyRunOut(observation: Observation): Text | undefined {
  return notReached(observation).find(({ reason }) => reason === 'signed-out')?.detail;
}

function notReached({ snapshot }: Observation): readonly Unknown[] {
  return [snapshot.organization, snapshot.application].filter((part) => !part.known);
}

/** Whether Microsoft Graph said anything about the tenant in this look. */
export function reached(observation: Observation): boolean {
  const { organization, application, kept } = observation.snapshot;
  // That no application is connected is known without asking anybody.
  return kept.application ? application.known : organization.known;
}

function applicationState({ snapshot }: Observation): ViewState {
  if (snapshot.kept.application) return 'ready';
  return snapshot.application.known && snapshot.application.value ? 'ready' : 'noApplication';
}
