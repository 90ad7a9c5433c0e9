import { record, text } from './json.ts';

const prefix = 'SystemForCrossDomainIdentityManagement';

/** Codes of the provisioning log that begin with the protocol's full name. */
export const scimCodes = {
  badRequest: `${prefix}BadRequest`,
  badResponse: `${prefix}BadResponse`,
  credentials: `${prefix}CredentialValidationFailure`,
  noCredentials: `${prefix}InvalidCredentials`,
  incompatible: `${prefix}ServiceIncompatible`,
  severalEntries: `${prefix}MultipleEntriesInResponse`,
} as const;

/** The target refused a request, could not be reached, or answered what can't be worked with. */
export class TargetError extends Error {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Error code of the provisioning log (Microsoft Entra: analyze provisioning logs). */
  readonly code: string;
  /** No other request will fare better: the job goes into quarantine. */
  readonly stopsTheCycle: boolean;
  constructor(status: number, code: string, message: string, stopsTheCycle = status === 401) {
    super(message);
    this.status = status;
    this.code = code;
    this.stopsTheCycle = stopsTheCycle;
  }
}

/** The log's code for an answer that is not a success. */
export function codeOf(answer: {
  readonly status: number;
  /** Whether the request named one resource by its id. */
  readonly byId: boolean;
  readonly content: string;
}): string {
  switch (answer.status) {
    case 400:
      return badRequest(answer.content);
    case 401:
      return scimCodes.credentials;
    case 403:
      return 'InsufficientRights';
    case 404:
      return answer.byId ? 'InvalidAnchor' : scimCodes.incompatible;
    case 405:
      return 'MethodNotAllowed';
    case 409:
      return 'EntryConflict';
    case 422:
      return 'UnprocessableEntity';
    case 429:
      return 'TooManyRequests';
    case 501:
      return 'NotImplemented';
    default:
      return answer.status >= 500 ? 'InternalServerError' : scimCodes.badResponse;
  }
}

/** What a 400 means more exactly, where the target says it by `scimType` (RFC 7644, section 3.12). */
function badRequest(content: string): string {
  let scimType = '';
  try {
    scimType = text(record(JSON.parse(content))['scimType']);
  } catch {
    // No SCIM error: the general code stands.
  }
  if (scimType === 'uniqueness') return 'EntryConflict';
  return ['invalidPath', 'noTarget'].includes(scimType) ? 'SchemaAttributeNotFound' : scimCodes.badRequest;
}

const words: ReadonlyMap<number, string> = new Map([
  [400, 'BadRequest'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'NotFound'],
  [405, 'MethodNotAllowed'],
  [409, 'Conflict'],
  [422, 'UnprocessableEntity'],
  [429, 'TooManyRequests'],
  [500, 'InternalServerError'],
  [501, 'NotImplemented'],
  [503, 'ServiceUnavailable'],
]);

/** Entra's own sentence about an answer; the token never stands in it. */
export function received(url: string, method: string, status: number, content: string): string {
  const word = words.get(status) ?? String(status);
  return `Received response from Web resource. Resource: ${url} Operation: ${method} Response Status Code: ${word} Response Content: ${content.slice(0, 1000)}`;
}
