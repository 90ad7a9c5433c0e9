import { PublicClientApplication, type AuthenticationResult, type DeviceCodeRequest } from '@azure/msal-node';
import { accountOf, ofTenant, toAccount } from './account.ts';
import type { AccessTokenOptions, Account, Interaction, SignIn, SignInOptions } from './account.ts';
import { attempt, guarded } from './attempt.ts';
import { configurationOf } from './configuration.ts';
import { stopWaiting } from './loopback.ts';
import { notSignedInPage, signedInPage } from './pages.ts';
import { atSandboxLocalhost, sandboxBrowserAddress } from './sandboxLogin.ts';
import { SignInError } from './signInError.ts';

export type {
  AccessTokenOptions,
  Account,
  DeviceCode,
  Interaction,
  SignIn,
  SignInOptions,
  TokenCacheEntry,
} from './account.ts';

type DeviceCodeAnswer = Parameters<DeviceCodeRequest['deviceCodeCallback']>[0];

/** Milliseconds that a browser window is waited for. */
const longestSignIn = 10 * 60_000;

/** A sign-in for one cloud and tenant. */
export function createSignIn(options: SignInOptions): SignIn {
  const { cloud, interaction, sandboxLogin } = options;
  const application = new PublicClientApplication(configurationOf(options));
  const authority = (tenant: string) => `${cloud.login}/${tenant}`;
  const prefixed = (scopes: readonly string[]) => scopes.map((scope) => `${cloud.graph}/${scope}`);
  let browser: Promise<unknown> = Promise.resolve();

  /** One browser window at a time: whoever comes second waits, and may find what it needs in the cache. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = browser.then(work, work);
    browser = turn.catch(() => undefined);
    return turn;
  }

  interface Asked {
    readonly scopes: readonly string[];
    readonly tenant: string;
    readonly signal: AbortSignal | undefined;
    readonly extra: { loginHint?: string; prompt?: string; claims?: string };
  }

  async function interactive(asked: Asked): Promise<AuthenticationResult> {
    // A tab that was closed never answers, and whoever waits for the browser would wait for ever.
    const limit = AbortSignal.timeout(longestSignIn);
    const signal = asked.signal ? AbortSignal.any([asked.signal, limit]) : limit;
    return interaction.kind === 'browser'
      ? byBrowser(interaction, asked, signal)
      : byDeviceCode(interaction, asked, signal);
  }

  async function byBrowser(
    { open, port }: Extract<Interaction, { kind: 'browser' }>,
    asked: Asked,
    signal: AbortSignal,
  ): Promise<AuthenticationResult> {
    let wayBack: string | undefined;
    const stop = () => void (wayBack && stopWaiting(wayBack));
    signal.addEventListener('abort', stop, { once: true });
    try {
      const preferredPort = await port?.();
      return await guarded(signal, () =>
        application.acquireTokenInteractive({
          ...asked.extra,
          scopes: prefixed(asked.scopes),
          authority: authority(asked.tenant),
          successTemplate: signedInPage,
          errorTemplate: notSignedInPage,
          ...(preferredPort !== undefined && { preferredPort }),
          openBrowser: async (url) => {
            wayBack = url;
            if (signal.aborted) stop();
            else await open(sandboxLogin ? sandboxBrowserAddress(url, cloud, sandboxLogin) : url);
          },
        }),
      );
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async function byDeviceCode(
    { show }: Extract<Interaction, { kind: 'deviceCode' }>,
    { scopes, tenant, extra }: Asked,
    signal: AbortSignal,
  ): Promise<AuthenticationResult> {
    const request = {
      scopes: prefixed(scopes),
      authority: authority(tenant),
      cancel: false,
      ...(extra.claims !== undefined && { claims: extra.claims }),
      deviceCodeCallback: ({ userCode, verificationUri, expiresIn }: DeviceCodeAnswer) =>
        show({
          userCode,
          verificationUri: sandboxLogin ? atSandboxLocalhost(verificationUri) : verificationUri,
          expiresIn,
        }),
    };
    const stop = () => void (request.cancel = true);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const result = await guarded(signal, () => application.acquireTokenByDeviceCode(request));
      if (!result) throw new SignInError('service', 'The sign-in gave no account.');
      return result;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async function silent(
    account: Account,
    scopes: readonly string[],
    { claims, fresh }: Pick<AccessTokenOptions, 'claims' | 'fresh'>,
  ) {
    const known = await application.getTokenCache().getAccountByHomeId(account.id);
    if (!known) throw new SignInError('interaction-required', 'You are signed out.');
    return application.acquireTokenSilent({
      account: known,
      scopes: prefixed(scopes),
      authority: authority(account.tenantId),
      ...(claims !== undefined && { claims }),
      ...(fresh !== undefined && { forceRefresh: fresh }),
    });
  }

  return {
    signIn: (scopes, { loginHint, prompt, signal } = {}) =>
      inTurn(async () => {
        const result = await interactive({
          scopes,
          tenant: options.tenant ?? 'organizations',
          signal,
          extra: {
            ...(loginHint === undefined ? { prompt: 'select_account' } : { loginHint }),
            ...(prompt !== undefined && { prompt }),
          },
        });
        return ofTenant(accountOf(result), options.tenant);
      }),

    async accessToken(account, scopes, { interactive: mayAsk, signal, ...wanted }) {
      const { claims } = wanted;
      const first = await attempt(signal, () => silent(account, scopes, wanted));
      if ('token' in first) return first.token;
      if (!mayAsk || !first.needsPerson) throw first.error;
      return inTurn(async () => {
        const again = await attempt(signal, () => silent(account, scopes, wanted));
        if ('token' in again) return again.token;
        const result = await interactive({
          scopes,
          tenant: account.tenantId,
          signal,
          extra: { loginHint: account.username, ...(claims !== undefined && { claims }) },
        });
        if (accountOf(result).id === account.id) return result.accessToken;
        throw new SignInError('wrong-tenant', `Another account than ${account.username} was signed in.`);
      });
    },

    async accounts() {
      const all = await guarded(undefined, () => application.getAllAccounts());
      return all.map(toAccount);
    },

    async signOut(account) {
      await guarded(undefined, async () => {
        const known = await application.getTokenCache().getAccountByHomeId(account.id);
        if (known) await application.signOut({ account: known });
      });
    },
  };
}
