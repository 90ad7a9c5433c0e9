import type { Json } from '../../guide/change.ts';
import type { OnDemandPerson } from '../../guide/onDemandTarget.ts';
import type { Text } from '../../guide/text.ts';

/** Somebody whom Kiro keeps under another external ID than their object id. */
export interface Affected {
  readonly person: OnDemandPerson;
  /** Id of the wrong record in Kiro. */
  readonly recordId: string;
  /** The external ID that it has; empty where it has none. */
  readonly externalId: string;
  /** The record as it stood in Kiro; absent where it is gone already. */
  readonly record?: Json;
  /** Id of the journal's entries of a rescue that broke off. */
  readonly begun?: string;
}

/** Whom a rescue would take on, before anything is changed. */
export interface RescuePlan {
  readonly people: readonly Affected[];
  /** Of them those with whom an earlier rescue broke off; they come first. */
  readonly begun: number;
  /** How many more there are than a comparison names. */
  readonly more: number;
}

export interface RescueOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    readonly done: number;
    readonly total: number;
    readonly name: string;
  }) => void;
  /** Asked once the first person is back, where others follow. */
  readonly goOn: (first: Affected) => Promise<boolean>;
}

/** How a rescue ended. Who is not among `rescued` is taken on by the next one. */
export interface RescueReport {
  readonly rescued: readonly Affected[];
  readonly left: number;
  readonly ended: 'all' | 'cancelled' | 'stopped';
  readonly why?: Text;
}

/** The repair of people whom Kiro keeps under a wrong external ID: record deleted, person provisioned, read back. */
export interface Rescue {
  /** Reads everybody and every wrong record. Rejects with a `BadInput` sentence where a rescue can't be begun. */
  plan(options?: { readonly signal?: AbortSignal }): Promise<RescuePlan>;
  /** Carries it out, one person after the other. Needs the admin's typed yes. Never rejects for what a service refuses. */
  run(plan: RescuePlan, options: RescueOptions): Promise<RescueReport>;
}
