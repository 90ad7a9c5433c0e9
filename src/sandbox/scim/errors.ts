import { randomUUID } from 'node:crypto';

const MESSAGE_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** AWS's one sentence for nearly every fault in a request. */
export const UNPARSABLE = 'Request is unparsable, syntactically incorrect, or violates schema.';

export type ScimStatus = 400 | 401 | 404 | 405 | 409 | 413;

/** A refusal of the SCIM endpoint. */
export class ScimError extends Error {
  readonly status: ScimStatus;
  constructor(status: ScimStatus, detail: string = UNPARSABLE) {
    super(detail);
    this.status = status;
  }
}

/** The body of a refusal in AWS's shape: `schema` beside `schemas`, a request id and a time with milliseconds. */
export function errorBody(
  error: { readonly status: number; readonly message: string },
  now: number,
): Record<string, unknown> {
  return {
    schema: [MESSAGE_SCHEMA],
    schemas: [MESSAGE_SCHEMA],
    detail: error.message,
    status: String(error.status),
    exceptionRequestId: randomUUID(),
    timeStamp: new Date(now).toISOString().replace('T', ' ').replace('Z', ''),
  };
}
