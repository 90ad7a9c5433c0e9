import type { OnDemandPlan } from '../guide/onDemand.ts';
import type { OnDemandTarget } from '../guide/onDemandTarget.ts';
import type { OnDemandReport } from '../guide/onDemandWords.ts';

export interface OnDemandOptions {
  readonly signal?: AbortSignal;
  /** How many of how many people are done, and who is next. */
  readonly onProgress?: (progress: {
    readonly done: number;
    readonly total: number;
    readonly next: string;
  }) => void;
}

/** Provisioning on demand, for one person or for everybody in an assigned group. */
export interface OnDemand {
  /**
   * Whom it would push; reads a group's members, all pages. A group's run that broke off goes on with those who are left,
   * unless `again`. Rejects with a `BadInput` sentence where nobody may be pushed now.
   */
  plan(
    target: OnDemandTarget,
    options?: { readonly signal?: AbortSignal; readonly again?: boolean },
  ): Promise<OnDemandPlan>;
  /** Pushes them, five members to a call; never rejects for what Entra refuses. Needs the admin's yes. */
  push(plan: OnDemandPlan, options?: OnDemandOptions): Promise<OnDemandReport>;
}
