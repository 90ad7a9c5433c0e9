/**
 * What a failed request to Microsoft Graph means for the caller.
 * `conflict`: it is there already. `not-found`: not there, or not replicated yet. `service`: an error of Graph's own.
 */
export type GraphErrorReason =
  | 'permission'
  | 'not-found'
  | 'conflict'
  | 'throttled'
  | 'network'
  | 'malformed'
  | 'service'
  | 'bad-request'
  | 'unauthorized';

/** What is known about a failed request; everything but the reason and the message may be missing. */
export interface GraphErrorDetails {
  readonly reason: GraphErrorReason;
  readonly message: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status?: number;
  /** Graph's `error.code`. */
  readonly code?: string;
  readonly requestId?: string;
  /** `innerError.date` as the service wrote it. */
  readonly date?: string;
  /** Seconds that the service asked to wait. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** A request to Microsoft Graph that failed. Never carries a token. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly reason: GraphErrorReason;
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly date: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(details: GraphErrorDetails) {
    super(details.message, { cause: details.cause });
    this.reason = details.reason;
    this.status = details.status ?? 0;
    this.code = details.code ?? '';
    this.requestId = details.requestId;
    this.date = details.date;
    this.retryAfter = details.retryAfter;
  }
}

/** By property, not by class: rooms are bundled apart, and each bundle would have a class of its own. */
export function isGraphError(error: unknown): error is GraphError {
  return error instanceof Error && error.name === 'GraphError' && 'reason' in error;
}

/** One answer of Graph that is not a success, outer or inside a batch. */
export interface FailedAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly path: string;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  /** Asked for claims although the token was just fetched with those it had asked for. */
  readonly challenged?: boolean;
}

/** Reads Microsoft Graph's error envelope ("Microsoft Graph error responses and resource types"). */
export function graphErrorFrom(answer: FailedAnswer): GraphError {
  const envelope = property(answer.body, 'error');
  const inner = property(envelope, 'innerError') ?? property(envelope, 'innererror');
  const code = answer.challenged ? 'InsufficientClaims' : words(property(envelope, 'code'));
  const message = words(property(envelope, 'message'));
  const requestId = words(property(inner, 'request-id')) ?? answer.requestId;
  const date = words(property(inner, 'date'));
  return new GraphError({
    reason: reasonOf(answer, code ?? '', message ?? ''),
    message: message ?? `Microsoft Graph answered with HTTP status ${answer.status}.`,
    status: answer.status,
    ...(code !== undefined && { code }),
    ...(requestId !== undefined && { requestId }),
    ...(date !== undefined && { date }),
    ...(answer.retryAfter !== undefined && { retryAfter: answer.retryAfter }),
  });
}

function reasonOf({ status, path }: FailedAnswer, code: string, message: string): GraphErrorReason {
  // Cases that Graph tells apart by its message alone, all with status 400 (appRoleAssignedTo, members).
  if (message.includes('Permission being assigned already exists on the object')) return 'conflict';
  if (message.includes('added object references already exist')) return 'conflict';
  if (message.includes('Not a valid reference update')) return 'not-found';
  if (code === 'Request_MultipleObjectsWithSameKeyValue') return 'conflict';
  switch (status) {
    case 401:
      // The synchronization API answers a missing role or scope with 401 where others answer 403.
      return path.includes('/synchronization/') &&
        !['InvalidAuthenticationToken', 'InsufficientClaims'].includes(code)
        ? 'permission'
        : 'unauthorized';
    case 403:
      return 'permission';
    case 404:
    case 410:
      return 'not-found';
    case 409:
    case 412:
      return 'conflict';
    case 429:
      return 'throttled';
    default:
      return status >= 400 && status < 500 && status !== 424 ? 'bad-request' : 'service';
  }
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const entry: unknown = Reflect.get(value, key);
  return entry;
}

function words(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
