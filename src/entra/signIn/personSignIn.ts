import { randomUUID } from 'node:crypto';
import { CryptoProvider, PublicClientApplication, type INetworkModule } from '@azure/msal-node';
import type { Cloud } from '../clouds.ts';
import { listenForAnswer } from './answerServer.ts';
import { guarded } from './attempt.ts';
import { fetchNetwork } from './network.ts';
import { sandboxBrowserAddress, sandboxNetwork } from './sandboxLogin.ts';
import { isSignInError, SignInError } from './signInError.ts';

/** A sign-in to somebody else's application, as its own client would do it: public client, code with PKCE. */
export interface PersonSignIn {
  readonly cloud: Cloud;
  readonly tenantId: string;
  /** The application's own ID: it is client and resource at once. */
  readonly clientId: string;
  /** Sent as it stands, nothing added. */
  readonly scope: string;
  /** Loopback ports in the order they are tried, and the path of the redirect URI `http://localhost:PORT<path>`. */
  readonly ports: readonly number[];
  readonly path: string;
  readonly openBrowser: (url: string) => Promise<void>;
  readonly sandboxLogin?: string;
  readonly signal: AbortSignal;
}

/** What came of it. Tokens are read and dropped: only what they say leaves this room. */
export type PersonSignedIn =
  | {
      readonly kind: 'tokens';
      /** Of the access token, whose signature is its audience's to check. */
      readonly claims: Readonly<Record<string, unknown>>;
      readonly refreshToken: boolean;
      readonly portsTaken: readonly number[];
    }
  | {
      readonly kind: 'refused';
      /** For example `AADSTS50105`. */
      readonly code: string | undefined;
      readonly message: string;
      readonly portsTaken: readonly number[];
    };

/** Rejects with a {@link SignInError} only when nothing was learnt: cancelled, or no answer from the sign-in. */
export async function signInAsPerson(options: PersonSignIn): Promise<PersonSignedIn> {
  const { cloud, sandboxLogin, signal } = options;
  const state = randomUUID();
  const server = await listenForAnswer({ ports: options.ports, path: options.path, state });
  const portsTaken = server.taken;
  let refreshToken = false;
  try {
    const base = sandboxLogin === undefined ? fetchNetwork() : sandboxNetwork(cloud, sandboxLogin);
    const application = new PublicClientApplication({
      // Nothing is kept: without a plug-in MSAL's cache lives and ends with this object.
      auth: { clientId: options.clientId, authority: `${cloud.login}/${options.tenantId}` },
      system: { networkClient: exactly(base, options.scope, () => (refreshToken = true)) },
    });
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const redirectUri = `http://localhost:${server.port}${options.path}`;
    const scopes = options.scope.split(' ');
    const address = new URL(
      await guarded(signal, () =>
        application.getAuthCodeUrl({
          scopes,
          redirectUri,
          state,
          codeChallenge: challenge,
          codeChallengeMethod: 'S256',
          responseMode: 'query',
          prompt: 'select_account',
        }),
      ),
    );
    address.searchParams.set('scope', options.scope);
    const url = address.href;
    await options.openBrowser(
      sandboxLogin === undefined ? url : sandboxBrowserAddress(url, cloud, sandboxLogin),
    );
    const answer = await guarded(signal, () => server.answer);
    const code = answer.get('code');
    if (code === null) return { ...refusal(answer), portsTaken };
    const result = await guarded(signal, () =>
      application.acquireTokenByCode({ code, scopes, redirectUri, codeVerifier: verifier }),
    );
    return { kind: 'tokens', claims: claimsOf(result.accessToken), refreshToken, portsTaken };
  } catch (error) {
    if (!isSignInError(error) || error.code === undefined) throw error;
    return { kind: 'refused', code: error.code, message: error.message, portsTaken };
  } finally {
    server.close();
  }
}

/** Sends the scopes of a token request as they are wanted: MSAL adds OpenID's, which the real client doesn't send. */
function exactly(base: INetworkModule, scope: string, refreshTokenCame: () => void): INetworkModule {
  return {
    ...base,
    async sendPostRequestAsync<T>(...[url, options]: Parameters<INetworkModule['sendPostRequestAsync']>) {
      const body = new URLSearchParams(options?.body);
      if (body.has('scope')) body.set('scope', scope);
      const answer = await base.sendPostRequestAsync<T>(url, { ...options, body: body.toString() });
      const said: unknown = answer.body;
      if (typeof said === 'object' && said !== null && 'refresh_token' in said) refreshTokenCame();
      return answer;
    },
  };
}

function refusal(answer: URLSearchParams): {
  kind: 'refused';
  code: string | undefined;
  message: string;
} {
  const said = answer.get('error_description') ?? '';
  const code = /AADSTS\d+/.exec(said)?.[0];
  if (code === undefined && answer.get('error') === 'access_denied')
    throw new SignInError('cancelled', 'The sign-in was cancelled in the browser.');
  const sentence = /^(?:AADSTS\d+:\s*)?(.{1,400}?)(?=\s*(?:Trace ID|\r|\n|$))/s.exec(said)?.[1];
  const error = /^\w{1,60}$/.exec(answer.get('error') ?? '')?.[0] ?? 'no error code';
  return { kind: 'refused', code, message: sentence ?? error };
}

/** What an access token in JWT form says ("Access tokens in the Microsoft identity platform"). */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const said: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    if (typeof said === 'object' && said !== null && !Array.isArray(said)) return { ...said };
  } catch {
    // Told below: an error of JSON's quotes the token.
  }
  throw new SignInError('service', 'The access token cannot be read.');
}
