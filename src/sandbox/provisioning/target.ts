import { isIP } from 'node:net';
import { record, records, text } from './mapping.ts';

const TIMEOUT_MS = 30_000;

/** The target refused a request, or could not be reached. */
export class TargetError extends Error {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Error code of the provisioning log (Microsoft Entra: analyze provisioning logs). */
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Such an answer says that no other request will fare better: credentials or connection. */
  get stopsTheCycle(): boolean {
    return [0, 401, 403].includes(this.status);
  }
}

/** A SCIM endpoint seen as Entra's client sees it. Every method throws `TargetError` on anything unexpected. */
export interface Target {
  /** The tenant URL carries the flag for the newer PATCH dialect. */
  readonly optimised: boolean;
  /** Resources whose attribute equals the value. */
  find(endpoint: 'Users' | 'Groups', attribute: string, value: string): Promise<Record<string, unknown>[]>;
  get(endpoint: 'Users' | 'Groups', id: string): Promise<Record<string, unknown>>;
  create(endpoint: 'Users' | 'Groups', body: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Whether the target has this user in this group, asked by filter since reads may hide members. */
  hasMember(groupId: string, userId: string): Promise<boolean>;
  patch(endpoint: 'Users' | 'Groups', id: string, body: Record<string, unknown>): Promise<void>;
  delete(endpoint: 'Users' | 'Groups', id: string): Promise<void>;
}

/**
 * Opens a target by its tenant URL and token. The sandbox reaches loopback addresses only; any other is answered as a
 * host that cannot be reached.
 */
export function openTarget(baseAddress: string, token: string): Target {
  if (!URL.canParse(baseAddress) || token === '')
    throw new TargetError(
      0,
      'SystemForCrossDomainIdentityManagementInvalidCredentials',
      'Please provide a valid tenant URL for your application.',
    );
  const base = new URL(baseAddress);
  const optimised = base.searchParams.has('aadOptscim062020');
  const root = `${base.origin}${base.pathname.replace(/\/+$/, '')}`;

  async function send(
    method: string,
    path: string,
    body?: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const url = `${root}/${path}`;
    const describe = (status: string, content: string): string =>
      `Received response from Web resource. Resource: ${url} Operation: ${method} Response Status Code: ${status} Response Content: ${content}`;
    if (!isLoopback(base.hostname))
      throw new TargetError(
        0,
        'WebExceptionProtocolError',
        `The remote name could not be resolved: '${base.hostname}'`,
      );
    let response: Response;
    let content: string;
    try {
      response = await fetch(url, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          Authorization: `Bearer ${token}`,
          Accept: 'application/scim+json',
          ...(body ? { 'Content-Type': 'application/scim+json; charset=utf-8' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      content = await response.text();
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      throw new TargetError(
        0,
        timedOut ? 'Timeout' : 'WebExceptionProtocolError',
        `Unable to connect to the remote server. Resource: ${url} Operation: ${method}`,
      );
    }
    const said = describe(names.get(response.status) ?? String(response.status), content.slice(0, 1000));
    if (!response.ok) throw new TargetError(response.status, codeOf(response.status), said);
    if (content === '') return {};
    try {
      return record(JSON.parse(content));
    } catch {
      throw new TargetError(
        response.status,
        'SystemForCrossDomainIdentityManagementServiceIncompatible',
        said,
      );
    }
  }

  return {
    optimised,
    async hasMember(groupId, userId) {
      const filter = `id eq ${JSON.stringify(groupId)} and members eq ${JSON.stringify(userId)}`;
      try {
        const answer = await send(
          'GET',
          `Groups?excludedAttributes=members&filter=${encodeURIComponent(filter)}`,
        );
        return records(answer['Resources']).length > 0;
      } catch (error) {
        // Some targets answer 404 for a member that they do not know.
        if (error instanceof TargetError && error.status === 404) return false;
        throw error;
      }
    },
    async find(endpoint, attribute, value) {
      const filter = encodeURIComponent(`${attribute} eq ${JSON.stringify(value)}`);
      const without = endpoint === 'Groups' ? 'excludedAttributes=members&' : '';
      const answer = await send('GET', `${endpoint}?${without}filter=${filter}`);
      if (!Array.isArray(answer['Resources']) && answer['totalResults'] !== 0)
        throw new TargetError(
          200,
          'SystemForCrossDomainIdentityManagementServiceIncompatible',
          'The answer to a search is not a SCIM list.',
        );
      return records(answer['Resources']);
    },
    get: (endpoint, id) => send('GET', `${endpoint}/${encodeURIComponent(id)}`),
    async create(endpoint, body) {
      const made = await send('POST', endpoint, body);
      if (text(made['id']) === '')
        throw new TargetError(
          201,
          'SystemForCrossDomainIdentityManagementServiceIncompatible',
          'The answer to a creation has no id.',
        );
      return made;
    },
    async patch(endpoint, id, body) {
      await send('PATCH', `${endpoint}/${encodeURIComponent(id)}`, body);
    },
    async delete(endpoint, id) {
      await send('DELETE', `${endpoint}/${encodeURIComponent(id)}`);
    },
  };
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

const names: ReadonlyMap<number, string> = new Map([
  [400, 'BadRequest'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'NotFound'],
  [409, 'Conflict'],
  [429, 'TooManyRequests'],
  [500, 'InternalServerError'],
  [503, 'ServiceUnavailable'],
]);

function codeOf(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return 'SystemForCrossDomainIdentityManagementCredentialValidationFailure';
    case 404:
      return 'InvalidAnchor';
    case 409:
      return 'EntryConflict';
    case 429:
      return 'TooManyRequests';
    default:
      return status >= 500 ? 'InternalServerError' : 'SystemForCrossDomainIdentityManagementBadRequest';
  }
}
