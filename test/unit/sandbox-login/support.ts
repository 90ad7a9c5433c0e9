import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { CloudName } from '../../../src/sandbox/clouds.ts';
import { createGraphApp } from '../../../src/sandbox/graph/app.ts';
import { createContext } from '../../../src/sandbox/login/context.ts';
import type { LoginContext } from '../../../src/sandbox/login/context.ts';
import { createLoginApp } from '../../../src/sandbox/login/server.ts';
import { signInControl } from '../../../src/sandbox/login/signInControl.ts';
import { createKeys } from '../../../src/sandbox/login/tokens.ts';
import { createProvisioning } from '../../../src/sandbox/provisioning/service.ts';
import type { GraphObject, SandboxState } from '../../../src/sandbox/state.ts';
import { formWith } from '../sandbox-kiro/browser.ts';
import { listen, testGroup, testState } from '../sandbox-kiro/fixture.ts';

export type Json = Record<string, unknown>;

export const appId = 'aaaaaaaa-0000-4000-8000-000000000001';
export const principalId = 'bbbbbbbb-0000-4000-8000-000000000001';
export const kiroCallback = 'kiro://kiro.oauth/callback';
export const graphTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
export const kiroScopes = `api://${appId}/codewhisperer:completions api://${appId}/codewhisperer:conversations offline_access openid`;
export const verifier = 'v'.repeat(50);

const keys = createKeys();

/** One page or answer that a browser without script got. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  /** Where a redirect leads. */
  readonly location: string | null;
}

/** A browser that keeps cookies. */
export interface Browser {
  open(url: string): Promise<Page>;
  /** Submits the form that holds this text, with these fields besides. */
  press(page: Page, inForm: string, more?: Record<string, string>): Promise<Page>;
}

/** The login server on loopback, and what a client does with it. */
export interface Login {
  readonly state: SandboxState;
  readonly context: LoginContext;
  readonly origin: string;
  browser(): Browser;
  authorizeUrl(more?: Record<string, string | undefined>, authority?: string): string;
  token(form: Record<string, string>, options?: TokenOptions): Promise<Answer>;
  /** A tenant's application with Kiro's two scopes, for which the first two people are assigned by a group. */
  addKiro(changes?: Json): { application: GraphObject; servicePrincipal: GraphObject };
  /** A code of the person with this number, through the pages; accepts what is asked. */
  code(who: number, more?: Record<string, string>, browser?: Browser): Promise<string>;
  redeem(code: string, more?: Record<string, string>): Promise<Answer>;
  control(path: string, body: unknown): Promise<number>;
  graph(path: string, token: string): Promise<Response>;
  close(): Promise<void>;
}

export interface TokenOptions {
  readonly headers?: Record<string, string>;
  readonly authority?: string;
}

export interface Answer {
  readonly status: number;
  readonly json: Json;
}

/** Starts the login server for three people, the first a Global Administrator, the second without a role. */
export async function startLogin(cloud: CloudName = 'global'): Promise<Login> {
  const state = testState(cloud);
  const context = createContext(state, await keys);
  const server = await listen(createLoginApp(context));
  const control = signInControl({ state, memory: context.memory });
  // As the control server answers what it can't read.
  control.onError((_error, c) => c.body(null, 400));
  const graphApp = createGraphApp({
    state,
    keys: await keys,
    signIns: context.memory,
    provisioning: createProvisioning(state),
  });
  const login: Login = {
    state,
    context,
    origin: server.origin,
    browser: createBrowser,
    authorizeUrl: (more = {}, authority = state.tenant.id) => {
      const query = new URLSearchParams({
        client_id: appId,
        redirect_uri: kiroCallback,
        response_type: 'code',
        scope: kiroScopes,
        state: 's t',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      });
      for (const [name, value] of Object.entries(more))
        if (value === undefined) query.delete(name);
        else query.set(name, value);
      return `${server.origin}/${authority}/oauth2/v2.0/authorize?${query.toString()}`;
    },
    token: async (form, { headers = {}, authority = state.tenant.id } = {}) => {
      const response = await fetch(`${server.origin}/${authority}/oauth2/v2.0/token`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ client_id: appId, ...form }),
      });
      return { status: response.status, json: (await response.json()) as Json };
    },
    addKiro: (changes = {}) => addKiro(state, changes),
    code: async (who, more = {}, browser = createBrowser()) => {
      let page = await browser.open(login.authorizeUrl(more));
      const account = `account-person${String(who)}@contoso.com`;
      if (page.html.includes(account)) page = await browser.press(page, account);
      if (page.html.includes('data-testid="approve"'))
        page = await browser.press(page, 'data-testid="approve"', { decision: 'approve' });
      if (page.html.includes('data-testid="accept"'))
        page = await browser.press(page, 'data-testid="accept"', { decision: 'accept' });
      const code = answerOf(page).get('code');
      assert.ok(code, page.location ?? page.html);
      return code;
    },
    redeem: (code, more = {}) =>
      login.token({
        grant_type: 'authorization_code',
        code,
        redirect_uri: kiroCallback,
        code_verifier: verifier,
        ...more,
      }),
    control: async (path, body) => {
      const response = await control.request(`/sign-in/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return response.status;
    },
    graph: async (path, token) =>
      graphApp.request(`http://graph.test/v1.0${path}`, { headers: { authorization: `Bearer ${token}` } }),
    close: () => server.close(),
  };
  return login;
}

/** The parameters that a redirect brings back to the application. */
export function answerOf(page: Page): URLSearchParams {
  if (page.location === null) return new URLSearchParams();
  const { searchParams, hash } = new URL(page.location);
  return hash === '' ? searchParams : new URLSearchParams(hash.slice(1));
}

/** The claims of a token, unchecked. */
export function claimsIn(jwt: unknown): Json {
  return JSON.parse(Buffer.from(String(jwt).split('.')[1] ?? '', 'base64url').toString()) as Json;
}

function createBrowser(): Browser {
  const cookies = new Map<string, string>();
  const headers = (): Record<string, string> =>
    cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  const keep = (response: { headers: Headers }): void => {
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
  };
  const pageOf = async (url: string, response: Response): Promise<Page> => {
    keep(response);
    const location = response.headers.get('location');
    return { url, status: response.status, html: await response.text(), location };
  };
  return {
    open: async (url) => pageOf(url, await fetch(url, { headers: headers(), redirect: 'manual' })),
    press: async (page, inForm, more = {}) => {
      const form = formWith(page.html, inForm);
      const body = new URLSearchParams(form.fields);
      for (const [name, value] of Object.entries(more)) body.set(name, value);
      const url = new URL(form.action || page.url, page.url);
      return pageOf(
        page.url,
        await fetch(url, { method: 'POST', body, headers: headers(), redirect: 'manual' }),
      );
    },
  };
}

function addKiro(state: SandboxState, changes: Json): ReturnType<Login['addKiro']> {
  const application: GraphObject = {
    id: 'object',
    appId,
    displayName: 'Kiro-Entra',
    signInAudience: 'AzureADMyOrg',
    identifierUris: [`api://${appId}`],
    publicClient: { redirectUris: [kiroCallback, 'http://localhost/oauth/callback'] },
    api: {
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: ['codewhisperer:completions', 'codewhisperer:conversations'].map((value) => ({
        id: `id of ${value}`,
        value,
        isEnabled: true,
        type: 'User',
        adminConsentDisplayName: `Use ${value}`,
      })),
    },
    ...changes,
  };
  const servicePrincipal: GraphObject = {
    id: principalId,
    appId,
    displayName: 'Kiro-Entra',
    accountEnabled: true,
    appRoleAssignmentRequired: true,
  };
  const { tenant } = state;
  tenant.applications.set('object', application);
  tenant.servicePrincipals.set(principalId, servicePrincipal);
  const group = testGroup(1, [...tenant.users.keys()].slice(0, 2));
  tenant.groups.set(group.id, group);
  tenant.appRoleAssignments.set('a', {
    id: 'a',
    appRoleId: 'r',
    principalId: group.id,
    principalType: 'Group',
    principalDisplayName: '',
    resourceId: principalId,
    resourceDisplayName: '',
    createdDateTime: '',
  });
  return { application, servicePrincipal };
}

/** A grant of Kiro's two scopes for everyone, as an administrator makes it in Graph. */
export function consentForAll({ tenant }: SandboxState): void {
  const scope = 'codewhisperer:completions codewhisperer:conversations';
  const grant = { id: 'g', clientId: principalId, resourceId: principalId, principalId: null, scope };
  tenant.grants.set('g', { ...grant, consentType: 'AllPrincipals' });
}
