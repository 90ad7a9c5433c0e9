import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A refusal in Microsoft Graph's words. Thrown anywhere, answered as Graph's error envelope. */
export class GraphError extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** 400 of the directory service. */
export function badRequest(message: string, code = 'Request_BadRequest'): GraphError {
  return new GraphError(400, code, message);
}

/** 404 of the directory service, in its own sentence. */
export function notFound(id: string): GraphError {
  return new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** 403 when a scope or a directory role is missing. */
export function denied(): GraphError {
  return new GraphError(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  );
}

/** Something that Microsoft Graph has and the sandbox has not: said plainly, never answered with an invention. */
export function notEmulated(what: string): GraphError {
  return new GraphError(501, 'NotImplemented', `The sandbox tenant doesn't emulate ${what}.`);
}

/** Microsoft Graph's error envelope (Microsoft Graph: error responses and resource types). */
export function errorBody(
  error: { code: string; message: string },
  ids: { requestId: string; clientRequestId: string },
  now: number,
): Record<string, unknown> {
  return {
    error: {
      code: error.code,
      message: error.message,
      innerError: {
        date: new Date(now).toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  };
}
