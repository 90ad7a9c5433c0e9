import type { Finding, FindingStatus, StepNumber } from './requirement.ts';
import type { Text } from './text.ts';

/** State of a step: that of its most pressing finding, or `blocked` while an earlier step has to come first. */
export type StepStatus = FindingStatus | 'blocked';

export interface StepHealth {
  readonly step: StepNumber;
  readonly title: Text;
  readonly status: StepStatus;
  /** State in a few words, for the tree row: `1 to do`, `after step 2`, `Kiro-Entra`. */
  readonly label: Text;
  readonly findings: readonly Finding[];
}

/** The one word of the status bar. `failing`: people are kept out; `todo`: something is unmet or manual. */
export type OverallHealth = 'healthy' | 'waiting' | 'todo' | 'failing' | 'unknown';

export interface Health {
  /** Epoch milliseconds of the snapshot. */
  readonly at: number;
  readonly overall: OverallHealth;
  /** Is it all right? If not, what is wrong, what to do, what is waited for: one sentence. */
  readonly headline: Text;
  readonly steps: readonly StepHealth[];
  /** Unmet and manual findings of severity `required`. */
  readonly todo: number;
  /** The finding that the status bar's click leads to. */
  readonly next?: Finding;
}
