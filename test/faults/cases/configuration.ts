import type { Place } from '../place.ts';
import type { Fault, Step } from '../fault.ts';

const patch = (body: unknown): Step => ({ graph: 'PATCH', path: '/applications/{app}', body });
const kiro = 'kiro://kiro.oauth/callback';
const localhost = 'http://localhost/oauth/callback';

type Scope = Record<string, unknown>;

/** Changes the scopes by the portal's way: an enabled one is disabled first. */
function scopes(edit: (scope: Scope) => Scope | undefined): Step {
  return async ({ read, carryOut }: Place) => {
    const { api } = (await read('/applications/{app}')) as { api: { oauth2PermissionScopes: Scope[] } };
    const before = api.oauth2PermissionScopes;
    const off = before.map((scope) => ({ ...scope, isEnabled: false }));
    const after = before.map(edit).filter((scope) => scope !== undefined);
    await carryOut(patch({ api: { oauth2PermissionScopes: off } }));
    await carryOut(patch({ api: { oauth2PermissionScopes: after } }));
  };
}

const conversations = 'codewhisperer:conversations';
const only =
  (value: string, change: Scope | undefined) =>
  (scope: Scope): Scope | undefined =>
    scope['value'] === value ? change && { ...scope, ...change } : scope;

/** Step 2 of the guide: what people meet when they sign in. */
export const configurationFaults: readonly Fault[] = [
  {
    name: 'half made: one scope, no redirect URI',
    from: { preset: 'half-made' },
    broken: [],
    cause: 'configuration.scopes',
  },
  {
    name: 'both scopes forgotten',
    from: { preset: 'scopes-missing' },
    broken: [],
    cause: 'configuration.scopes',
  },
  {
    name: 'one scope removed',
    broken: [scopes(only(conversations, undefined))],
    cause: 'configuration.scopes',
  },
  {
    name: 'one scope disabled',
    broken: [scopes(only(conversations, { isEnabled: false }))],
    cause: 'configuration.scopes',
  },
  {
    name: 'scope that only admins may consent to',
    broken: [scopes(only(conversations, { type: 'Admin' }))],
    cause: 'configuration.scopes',
  },
  {
    name: 'scope misspelt',
    broken: [scopes(only(conversations, { value: 'codewhisperer:conversation' }))],
    cause: 'configuration.scopes',
  },
  {
    name: 'token version never set',
    from: { preset: 'wrong-token-version' },
    broken: [],
    cause: 'configuration.tokenVersion',
  },
  {
    name: 'token version 1 while people work',
    broken: [patch({ api: { requestedAccessTokenVersion: 1 } })],
    cause: 'configuration.tokenVersion',
  },
  {
    name: 'application ID URI removed',
    broken: [patch({ identifierUris: [] })],
    cause: 'configuration.identifierUri',
  },
  {
    name: 'friendlier application ID URI',
    broken: [patch({ identifierUris: ['https://contoso.com/kiro'] })],
    cause: 'configuration.identifierUri',
  },
  {
    name: 'localhost redirect URI under Web',
    broken: [patch({ publicClient: { redirectUris: [kiro] }, web: { redirectUris: [localhost] } })],
    cause: 'configuration.redirectUris',
  },
  {
    name: 'redirect URI under single-page application',
    broken: [patch({ publicClient: { redirectUris: [kiro] }, spa: { redirectUris: [localhost] } })],
    cause: 'configuration.redirectUris',
  },
  {
    name: 'kiro.auth instead of kiro.oauth',
    broken: [patch({ publicClient: { redirectUris: ['kiro://kiro.auth/callback', localhost] } })],
    cause: 'configuration.redirectUris',
  },
  {
    name: 'redirect URI in other case',
    broken: [patch({ publicClient: { redirectUris: [kiro, 'http://localhost/OAuth/callback'] } })],
    cause: 'configuration.redirectUris',
  },
  {
    name: 'redirect URIs that differ by port only',
    broken: [
      patch({
        publicClient: {
          redirectUris: [
            kiro,
            localhost,
            'http://localhost:3128/oauth/callback',
            'http://localhost:4649/oauth/callback',
          ],
        },
      }),
    ],
    cause: 'configuration.redirectUris',
  },
  {
    name: 'consent taken back',
    broken: [{ graph: 'DELETE', path: '/oauth2PermissionGrants/{grant}' }],
    cause: 'configuration.consent',
  },
  {
    name: 'consent to one scope only',
    broken: [
      {
        graph: 'PATCH',
        path: '/oauth2PermissionGrants/{grant}',
        body: { scope: 'codewhisperer:completions' },
      },
    ],
    cause: 'configuration.consent',
  },
];
