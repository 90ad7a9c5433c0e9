import type { Behaviour, BehaviourChange } from './behaviour.ts';

/** What a caller of `provisionOnDemand` names (Microsoft Graph: synchronizationJobApplicationParameters). */
export interface OnDemandParameters {
  readonly ruleId: string;
  readonly subjects: readonly OnDemandSubject[];
}

export interface OnDemandSubject {
  readonly objectId: string;
  readonly objectTypeName: string;
  readonly links?: {
    readonly members?: readonly { readonly objectId: string; readonly objectTypeName: string }[];
  };
}

/** Body of `validateCredentials` (Microsoft Graph: synchronizationJob: validateCredentials). */
export interface CredentialsToValidate {
  readonly templateId?: string;
  readonly useSavedCredentials?: boolean;
  readonly credentials?: readonly { readonly key: string; readonly value: string }[];
}

/** A refusal with the HTTP status and the error code that Microsoft Graph answers with. */
export class ProvisioningError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * Entra's provisioning service. Every method takes the id of the service principal whose job is meant and throws
 * `ProvisioningError` (404 when there is no job).
 */
export interface Provisioning {
  /** `status` of a job that was just made: Paused, never run. */
  newStatus(): Record<string, unknown>;
  start(servicePrincipalId: string): void;
  pause(servicePrincipalId: string): void;
  /** `resetScope` is Graph's comma-separated string; absent or empty means quarantine, watermark and escrows. */
  restart(servicePrincipalId: string, resetScope?: string): void;
  /** To be called before a job is deleted: takes its next cycle off the clock. */
  forget(servicePrincipalId: string): void;
  /** To be called after the schema was put: the next cycle is an initial one. */
  schemaChanged(servicePrincipalId: string): void;
  /** Returns Graph's stringKeyStringValuePair, both parts JSON in a string; failures are inside it. */
  provisionOnDemand(
    servicePrincipalId: string,
    parameters: readonly OnDemandParameters[],
  ): Promise<{ key: string; value: string }>;
  /** Resolves when the target accepts the credentials. */
  validateCredentials(servicePrincipalId: string, request: CredentialsToValidate): Promise<void>;
  /** Runs the cycle that is due, or one out of turn, and waits for its end: for tests and the control server. */
  runCycle(servicePrincipalId: string): Promise<void>;
  /** Changes what the control server may turn, and tells how it is now; `{}` only tells. */
  behaviour(change: BehaviourChange): Behaviour;
}
