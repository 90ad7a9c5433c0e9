import { randomUUID } from 'node:crypto';
import type { Behaviour } from './behaviour.ts';
import { modifiedProperties, sourceSystem, targetSystem } from './log.ts';
import type { When } from './log.ts';
import type { Outcome, Step } from './outcome.ts';
import type { Run } from './run.ts';
import { iso } from './status.ts';

/** Key of the shape that the service answered in around 2023. */
const KEY_B = 'Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo';

/** One object and, for a group, the members that went with it. */
export interface OnDemandOutcomes {
  readonly main: Outcome;
  readonly members: readonly Outcome[];
}

/**
 * The answer of `provisionOnDemand`: value is JSON in a string, key too in shape A (Microsoft Graph: synchronizationJob:
 * provisionOnDemand); in shape B the key is a name and the value a list.
 */
export function onDemandAnswer(
  run: Run,
  outcomes: OnDemandOutcomes,
  how: { readonly when: When; readonly shape: Behaviour['onDemandShape'] },
): { key: string; value: string } {
  const { main } = outcomes;
  const all = [...outcomes.members, main];
  const time = iso(how.when.ended);
  const provisioningSteps = all.flatMap((outcome) => outcome.steps.map((step) => shown(step, time)));
  if (how.shape === 'B') return { key: KEY_B, value: JSON.stringify([{ provisioningSteps }]) };
  // The whole call failed if any object in it did.
  const decisive = all.find((one) => one.status === 'failure') ?? main;
  const result = capital(decisive.status);
  const details =
    decisive.status === 'success'
      ? {}
      : { errorCode: decisive.errorCode ?? '', errorMessage: decisive.reason ?? '' };
  const value = {
    action: capital(main.action),
    changeId: randomUUID(),
    startTime: iso(how.when.began),
    endTime: time,
    modifiedProperties: modifiedProperties(main),
    provisioningSteps,
    reportableIdentifier: main.source.details['UserPrincipalName'] ?? main.source.displayName,
    sourceIdentity: main.source,
    sourceSystem,
    statusInfo: {
      status: result,
      errorCode: decisive.errorCode ?? null,
      reason: decisive.reason ?? null,
      additionalDetails: null,
      errorCategory: decisive.status === 'success' ? null : 'NonServiceFailure',
      recommendedAction: null,
    },
    targetIdentity: main.target,
    targetSystem: targetSystem(run),
  };
  return { key: JSON.stringify({ result, details }), value: JSON.stringify(value) };
}

/** On demand, import and matching are both called EntryImport. */
function shown(step: Step, timestamp: string): Record<string, unknown> {
  return {
    name: step.type === 'import' || step.type === 'matching' ? 'EntryImport' : step.name,
    type: capital(step.type),
    status: capital(step.status),
    description: step.description,
    timestamp,
    details: step.details,
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
