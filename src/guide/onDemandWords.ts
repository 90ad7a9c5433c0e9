import { explainProvisioningCode } from './diagnosis/provisioningCodes.ts';
import { explainScimDetail } from './diagnosis/scimFaults.ts';
import type { OnDemandPerson, OnDemandTarget } from './onDemandTarget.ts';
import { text, type Text } from './text.ts';

/** What Entra answered to one call of provisioning on demand. */
export interface OnDemandAnswer {
  readonly result: 'success' | 'skipped' | 'failure';
  readonly errorCode?: string;
  readonly message?: string;
  readonly action?: string;
}

/** What became of one person. */
export interface OnDemandResult {
  readonly person: OnDemandPerson;
  readonly outcome: 'pushed' | 'skipped' | 'failed';
  /** In a few words: what was done, or why not. */
  readonly said: Text;
  readonly cure?: Text;
  readonly code?: string;
}

/** How provisioning on demand ended. `stopped`: something that would fail for everybody, told by `why`. */
export interface OnDemandReport {
  readonly target: OnDemandTarget;
  readonly results: readonly OnDemandResult[];
  /** People whose turn did not come. */
  readonly left: number;
  readonly ended: 'all' | 'cancelled' | 'stopped';
  readonly why?: Text;
}

/** Entra answers so where the record is as it should be. */
export function isRedundant({ errorCode }: OnDemandAnswer): boolean {
  return errorCode === 'RedundantExport';
}

/** What an answer means for a person. */
export function resultFor(person: OnDemandPerson, answer: OnDemandAnswer): OnDemandResult {
  if (isRedundant(answer)) {
    return { person, outcome: 'skipped', said: text('in Kiro already as in Entra') };
  }
  if (answer.result === 'success') return { person, ...done(answer.action) };
  const { cause, cure } = causeOf(answer);
  return {
    person,
    outcome: answer.result === 'skipped' ? 'skipped' : 'failed',
    said: cause,
    ...(cure && { cure }),
    ...(answer.errorCode !== undefined && { code: answer.errorCode }),
  };
}

function done(action: string | undefined): Pick<OnDemandResult, 'outcome' | 'said'> {
  switch (action?.toLowerCase()) {
    case 'create':
      return { outcome: 'pushed', said: text('created in Kiro') };
    case 'disable':
    case 'delete':
      return {
        outcome: 'skipped',
        said: text('switched off in Kiro, because they are not assigned any more'),
      };
    default:
      return { outcome: 'pushed', said: text('pushed') };
  }
}

/** Cause and cure of an answer that is no success; Kiro's own words are nearer than the code's. */
export function causeOf({ errorCode, message, result }: OnDemandAnswer): { cause: Text; cure?: Text } {
  const code = explainProvisioningCode(errorCode ?? '');
  const detail = explainScimDetail(message ?? '');
  if (code) return { cause: detail ?? code.cause, cure: code.cure };
  if (detail) return { cause: detail };
  return message === undefined
    ? { cause: text('Entra gave no reason ({0}).', errorCode ?? result) }
    : { cause: text('Entra said: {0}', message.length > 300 ? `${message.slice(0, 299)}…` : message) };
}

/** People by outcome. */
export function countOutcomes(results: readonly OnDemandResult[]): Record<OnDemandResult['outcome'], number> {
  const counts = { pushed: 0, skipped: 0, failed: 0 };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}

/** The whole in a sentence or two. */
export function onDemandHeadline({ target, results, left, ended, why }: OnDemandReport): Text {
  const [only] = results;
  if (target.kind === 'person' && ended === 'all' && only) {
    const said = text('{0}: {1}.', only.person.displayName, only.said);
    return only.cure && only.outcome !== 'pushed' ? text('{0} {1}', said, only.cure) : said;
  }
  const { pushed, skipped, failed } = countOutcomes(results);
  const counts = text('{0} pushed, {1} skipped, {2} failed', pushed, skipped, failed);
  switch (ended) {
    case 'all':
      return text('{0}.', counts);
    case 'cancelled':
      return text('Stopped as you wished: {0}, {1} left. Provision now goes on with them.', counts, left);
    case 'stopped':
      return text(
        '{0} So far: {1}, {2} left. Provision now goes on with them.',
        why ?? text('Entra refused.'),
        counts,
        left,
      );
  }
}
