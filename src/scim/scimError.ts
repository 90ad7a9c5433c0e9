/** Why Kiro's SCIM endpoint gave no answer that can be used. */
export type ScimErrorReason =
  'unauthorized' | 'not-found' | 'throttled' | 'network' | 'malformed' | 'service';

/** A request to a SCIM endpoint that failed. Never carries the token. */
export class ScimError extends Error {
  override readonly name = 'ScimError';
  readonly reason: ScimErrorReason;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** The service's own words, where it had any (RFC 7644, section 3.12). */
  readonly detail: string;
  /** Seconds after which the service wants to be asked again, where it said so. */
  readonly retryAfter: number | undefined;

  constructor(reason: ScimErrorReason, status: number, detail: string, retryAfter?: number) {
    super(`The SCIM endpoint gave no usable answer (${reason}, HTTP status ${status}). ${detail}`.trim());
    this.reason = reason;
    this.status = status;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}

/** By property, not by class: rooms are bundled apart, and each bundle would have a class of its own. */
export function isScimError(error: unknown): error is ScimError {
  return error instanceof Error && error.name === 'ScimError' && 'reason' in error;
}

/** The error that an HTTP status stands for. */
export function scimErrorOf(status: number, detail: string, retryAfter?: number): ScimError {
  if (status === 401 || status === 403) return new ScimError('unauthorized', status, detail);
  if (status === 404) return new ScimError('not-found', status, detail);
  if (status === 429) return new ScimError('throttled', status, detail, retryAfter);
  if (status === 503 && retryAfter !== undefined)
    return new ScimError('throttled', status, detail, retryAfter);
  return new ScimError('service', status, detail);
}
