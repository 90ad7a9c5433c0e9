import { isIP } from 'node:net';
import { record, records, text } from './json.ts';
import { codeOf, received, scimCodes, TargetError } from './targetErrors.ts';

const TIMEOUT_MS = 30_000;

export type Endpoint = 'Users' | 'Groups';

/** A SCIM endpoint seen as Entra's client sees it. Every method throws `TargetError` on anything unexpected. */
export interface Target {
  /** The tenant URL carries the flag for the newer PATCH dialect, and the run follows it. */
  readonly optimised: boolean;
  /** Resources whose attribute equals the value. */
  find(endpoint: Endpoint, attribute: string, value: string): Promise<Record<string, unknown>[]>;
  /** One resource, a group without its members. 404 is `InvalidAnchor`: what was there before is gone. */
  get(endpoint: Endpoint, id: string): Promise<Record<string, unknown>>;
  create(endpoint: Endpoint, body: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Whether the target has this user in this group, asked by filter since reads may hide members. */
  hasMember(groupId: string, userId: string): Promise<boolean>;
  /** Any success will do, with or without a body. */
  patch(endpoint: Endpoint, id: string, body: Record<string, unknown>): Promise<void>;
  delete(endpoint: Endpoint, id: string): Promise<void>;
}

/**
 * Opens a target by its tenant URL and token. The sandbox reaches loopback addresses only; any other is answered as a
 * host that cannot be reached.
 */
export function openTarget(
  baseAddress: string,
  token: string,
  options: { readonly followFlag: boolean } = { followFlag: true },
): Target {
  if (!URL.canParse(baseAddress) || token === '')
    throw new TargetError(
      0,
      scimCodes.noCredentials,
      'Please provide a valid tenant URL for your application.',
      true,
    );
  const base = new URL(baseAddress);
  const root = `${base.origin}${base.pathname.replace(/\/+$/, '')}`;

  async function send(method: string, path: string, body?: Record<string, unknown>): Promise<string> {
    const url = `${root}/${path}`;
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
    if (response.ok) return content;
    const { status } = response;
    const byId = /^\w+\/./.test(path);
    throw new TargetError(status, codeOf({ status, byId, content }), received(url, method, status, content));
  }

  /** An answer that has to be a JSON object. */
  async function read(
    method: string,
    path: string,
    body?: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const content = await send(method, path, body);
    try {
      const parsed: unknown = JSON.parse(content);
      if (typeof parsed === 'object' && parsed !== null) return record(parsed);
    } catch {
      // Told below, like any other answer that isn't an object.
    }
    throw incompatible(received(`${root}/${path}`, method, 200, content));
  }

  const named = (endpoint: Endpoint, id: string): string => `${endpoint}/${encodeURIComponent(id)}`;

  return {
    optimised: options.followFlag && base.searchParams.has('aadOptscim062020'),
    async hasMember(groupId, userId) {
      const filter = `id eq ${JSON.stringify(groupId)} and members eq ${JSON.stringify(userId)}`;
      try {
        const answer = await read(
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
      const answer = await read('GET', `${endpoint}?${without}filter=${filter}`);
      if (!Array.isArray(answer['Resources']) && answer['totalResults'] !== 0)
        throw incompatible('The answer to a search is not a SCIM list.');
      return records(answer['Resources']);
    },
    async get(endpoint, id) {
      const without = endpoint === 'Groups' ? '?excludedAttributes=members' : '';
      const found = await read('GET', `${named(endpoint, id)}${without}`);
      if (records(found['Resources']).length > 1 || (without && records(found['members']).length > 0))
        throw new TargetError(
          200,
          scimCodes.severalEntries,
          'Several entries, or members that were not asked for, came in answer to a request for one entry.',
        );
      return found;
    },
    async create(endpoint, body) {
      const made = await read('POST', endpoint, body);
      if (text(made['id']) === '') throw incompatible('The answer to a creation has no id.');
      return made;
    },
    async patch(endpoint, id, body) {
      await send('PATCH', named(endpoint, id), body);
    },
    async delete(endpoint, id) {
      await send('DELETE', named(endpoint, id));
    },
  };
}

/** A target that fails every request in the same way. */
export function brokenTarget(error: TargetError): Target {
  const fail = (): Promise<never> => Promise.reject(error);
  return {
    optimised: false,
    find: fail,
    hasMember: fail,
    get: fail,
    create: fail,
    patch: fail,
    delete: fail,
  };
}

function incompatible(message: string): TargetError {
  return new TargetError(200, scimCodes.incompatible, message);
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
