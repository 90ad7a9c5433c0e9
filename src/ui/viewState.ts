import type { Observation } from '../engine/session.ts';

/**
 * What the Kiro Connect view is about right now. Each of the first seven is a welcome text in the manifest; in `ready`
 * the tree stands. Pure, so that it is proved without VS Code.
 */
export type ViewState =
  | 'signedOut'
  | 'opening'
  | 'sandboxReady'
  | 'sandboxStopped'
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
  const { organization, application } = current.snapshot;
  const reasons = [organization, application].map((part) => (part.known ? undefined : part.reason));
  if (reasons.includes('signed-out')) return 'signedOut';
  if (reasons.includes('permission')) return 'noAccess';
  if (reasons.includes('network')) return 'offline';
  return 'ready';
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
