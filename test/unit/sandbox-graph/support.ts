import { tokenOf } from '../../../src/sandbox/accessToken.ts';
import { createClock } from '../../../src/sandbox/clock.ts';
import type { CloudName } from '../../../src/sandbox/clouds.ts';
import { createGraphApp } from '../../../src/sandbox/graph/app.ts';
import type { GraphDeps } from '../../../src/sandbox/graph/context.ts';
import { createKeys, issueGraphToken } from '../../../src/sandbox/login/tokens.ts';
import { createProvisioning } from '../../../src/sandbox/provisioning/service.ts';
import { createState } from '../../../src/sandbox/tenant/createState.ts';
import { userId } from '../../../src/sandbox/tenant/entries.ts';
import type { SandboxState } from '../../../src/sandbox/state.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface CallOptions {
  /** Directory role whose account calls; `null` for the account without any. */
  readonly role?: string | null;
  readonly scopes?: readonly string[];
  readonly headers?: Record<string, string>;
  readonly token?: string;
}

export interface Graph {
  readonly state: SandboxState;
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  /** A token of a person, Ada unless told, who holds just these directory roles. */
  token(holder: TokenHolder): Promise<string>;
  /** Method and path pattern of every operation, for example `GET /groups/:id`. */
  readonly operations: readonly string[];
}

export interface TokenHolder {
  readonly scopes: readonly string[];
  readonly roles?: readonly string[];
  readonly userId?: string;
}

export interface GraphOptions extends Partial<Pick<GraphDeps, 'limits' | 'onRequest'>> {
  readonly cloud?: CloudName;
  readonly premium?: boolean;
  readonly extraUsers?: number;
  readonly unlicensedGroups?: 'inert' | 'refused';
}

/** What signs the tokens of every tenant that {@link startGraph} makes. */
export const createdKeys = createKeys();

/** A fresh tenant's Graph, called inside the process. */
export async function startGraph({ limits, onRequest, ...options }: GraphOptions = {}): Promise<Graph> {
  const state = createState({ clock: createClock(), ...options });
  state.origins.graph = 'http://graph.test';
  const deps = {
    state,
    keys: await createdKeys,
    provisioning: createProvisioning(state),
    ...(limits && { limits }),
    ...(onRequest && { onRequest }),
  };
  const app = createGraphApp(deps);
  const tokens = new Map<string, Promise<string>>();
  const tokenFor = (call: CallOptions): Promise<string> => {
    const role = call.role === undefined ? 'Global Administrator' : (call.role ?? undefined);
    const key = JSON.stringify([role, call.scopes]);
    const known =
      tokens.get(key) ?? tokenOf(role, { ...deps, ...(call.scopes ? { scopes: call.scopes } : {}) });
    tokens.set(key, known);
    return known;
  };
  return {
    state,
    operations: [
      ...new Set(
        app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
      ),
    ],
    token: ({ scopes, roles = [], userId: id = userId('ada') }) => {
      const { userPrincipalName, displayName } = state.tenant.users.get(id)!;
      const user = { id, userPrincipalName, displayName, roles };
      return issueGraphToken(deps.keys, {
        tenantId: state.tenant.id,
        cloud: state.tenant.cloud,
        user,
        scopes,
      });
    },
    call: async (method, path, body, call = {}) => {
      const token = call.token ?? (await tokenFor(call));
      const response = await app.request(`http://graph.test/v1.0${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...call.headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = (response.headers.get('content-type') ?? '').includes('json');
      return { status: response.status, headers: response.headers, body: json ? parse(text) : text };
    },
  };
}

export const templateId = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';

/** Instantiates the non-gallery template; returns the ids that tests need. */
export async function instantiate(graph: Graph, displayName = 'Kiro-Entra') {
  const { body } = await graph.call('POST', `/applicationTemplates/${templateId}/instantiate`, {
    displayName,
  });
  return {
    body,
    id: text(body, 'application/id'),
    appId: text(body, 'application/appId'),
    sp: text(body, 'servicePrincipal/id'),
    scope: at(body, 'application/api/oauth2PermissionScopes/0') as Record<string, unknown>,
  };
}

/** Makes the `scim` job of a fresh application; returns the paths that tests need. */
export async function withJob(graph: Graph) {
  const made = await instantiate(graph);
  const base = `/servicePrincipals/${made.sp}/synchronization`;
  const { body } = await graph.call('POST', `${base}/jobs`, { templateId: 'scim' });
  return { ...made, base, job: text(body, 'id') };
}

export const eventual = { headers: { consistencylevel: 'eventual' } };

function parse(json: string): unknown {
  return JSON.parse(json);
}

/** The part of a JSON value that a path such as `value/0/id` names. */
export function at(value: unknown, path: string): unknown {
  return path.split('/').reduce<unknown>((part, name) => {
    return typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[name] : undefined;
  }, value);
}

/** The same as text; fails the test when there is none. */
export function text(value: unknown, path: string): string {
  const found = at(value, path);
  if (typeof found !== 'string') throw new Error(`There is no text at ${path} of ${JSON.stringify(value)}`);
  return found;
}

/** The rows of a collection. */
export function rows(body: unknown): Record<string, unknown>[] {
  const value = at(body, 'value');
  if (!Array.isArray(value)) throw new Error(`No collection: ${JSON.stringify(body)}`);
  return value as Record<string, unknown>[];
}

/** A property of every row. */
export function column(body: unknown, name: string): unknown[] {
  return rows(body).map((row) => row[name]);
}
