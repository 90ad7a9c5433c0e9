import * as vscode from 'vscode';
import type { Cloud } from '../../entra/clouds.ts';
import { graphCommandLineTools, type Account, type SignIn } from '../../entra/signIn/account.ts';
import { SignInError, signInErrorFrom } from '../../entra/signIn/signInError.ts';

const provider = 'microsoft';

/**
 * Signs in with VS Code's own Microsoft account provider, for the organization's client: VS Code's client may ask for
 * hardly any permission of Graph (AADSTS65002). `VSCODE_CLIENT_ID:` and `VSCODE_TENANT:` are that provider's way to say
 * so (microsoft/vscode, extension microsoft-authentication). It keeps the tokens; signing out there is the admin's.
 */
export function vscodeSignIn(options: {
  readonly cloud: Cloud;
  readonly clientId: string;
  readonly tenant: string | undefined;
  /** A sandbox runs, which VS Code's provider knows nothing of. */
  readonly sandbox: boolean;
}): SignIn {
  const { cloud, clientId } = options;
  const scopesOf = (scopes: readonly string[], tenant: string): string[] => [
    `VSCODE_CLIENT_ID:${clientId}`,
    `VSCODE_TENANT:${tenant}`,
    ...scopes.map((scope) => `${cloud.graph}/${scope}`),
  ];

  async function session(
    scopes: readonly string[],
    tenant: string,
    how: vscode.AuthenticationGetSessionOptions,
    claims?: string,
  ): Promise<vscode.AuthenticationSession> {
    if (options.sandbox) throw new SignInError('service', notForSandbox());
    if (cloud.id !== 'global') throw new SignInError('service', onlyGlobal());
    // Its redirect URIs are not VS Code's, and VS Code's own client may not ask for these permissions.
    if (clientId === graphCommandLineTools) throw new SignInError('service', needsOwnClient());
    const asked = scopesOf(scopes, tenant);
    const encoded = claims === undefined ? undefined : Buffer.from(claims).toString('base64');
    try {
      const found = await vscode.authentication.getSession(
        provider,
        encoded === undefined
          ? asked
          : {
              wwwAuthenticate: `Bearer error="insufficient_claims", claims="${encoded}"`,
              fallbackScopes: asked,
            },
        how,
      );
      if (found) return found;
    } catch (error) {
      throw failed(error);
    }
    throw new SignInError(
      'interaction-required',
      vscode.l10n.t('VS Code has no sign-in for these permissions yet.'),
    );
  }

  return {
    async signIn(scopes, { signal } = {}) {
      signal?.throwIfAborted();
      const tenant = options.tenant ?? 'organizations';
      const found = await session(scopes, tenant, { createIfNone: true, clearSessionPreference: true });
      return accountOf(found);
    },
    async accessToken(account, scopes, { interactive, claims, signal }) {
      signal?.throwIfAborted();
      const asked = { id: account.id, label: account.username };
      const how = interactive ? { createIfNone: true, account: asked } : { silent: true, account: asked };
      const found = await session(scopes, account.tenantId, how, claims);
      if (found.account.id === account.id) return found.accessToken;
      throw new SignInError(
        'wrong-tenant',
        vscode.l10n.t('Another account than {0} was signed in.', account.username),
      );
    },
    async accounts() {
      const known = await vscode.authentication.getAccounts(provider);
      return known.map(({ id, label }) => ({ id, username: label, tenantId: options.tenant ?? '' }));
    },
    signOut: async () => undefined,
  };
}

/** The tenant as the token says it: a hint only, which the first look at the tenant proves or refutes. */
function accountOf({ account, accessToken }: vscode.AuthenticationSession): Account {
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    // An error of JSON's quotes the token.
  }
  const tenantId: unknown =
    typeof claims === 'object' && claims !== null ? Reflect.get(claims, 'tid') : undefined;
  if (typeof tenantId !== 'string')
    throw new SignInError('service', vscode.l10n.t('VS Code’s sign-in does not say which tenant it is for.'));
  return { id: account.id, username: account.label, tenantId };
}

function failed(error: unknown): SignInError {
  const said = error instanceof Error ? error.message : '';
  return /cancel|did not consent/i.test(said)
    ? new SignInError('cancelled', said)
    : signInErrorFrom(error, false);
}

function onlyGlobal(): string {
  return vscode.l10n.t(
    'VS Code’s Microsoft account is for the global cloud only. Sign in through the browser or with a device code.',
  );
}

function needsOwnClient(): string {
  return vscode.l10n.t(
    'VS Code’s Microsoft account needs a client of your organization, because VS Code’s own may not ask for these permissions. Set kiroConnect.clientId, or sign in through the browser or with a device code.',
  );
}

function notForSandbox(): string {
  return vscode.l10n.t(
    'VS Code’s Microsoft account is for real tenants. Sign in to the sandbox through the browser or with a device code.',
  );
}
