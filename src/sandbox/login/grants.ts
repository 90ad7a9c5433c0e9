import { createHash } from 'node:crypto';
import { authenticateClient } from './clientCredentials.ts';
import { claimsOf } from './claimsParameter.ts';
import type { Client, Platform } from './clients.ts';
import type { AuthorizationCode, LoginContext } from './context.ts';
import { AadstsError } from './errors.ts';
import { demand } from './form.ts';
import type { Form } from './form.ts';
import { issueTokens } from './issue.ts';
import type { TokenAnswer } from './issue.ts';
import { isRevoked } from './memory.ts';
import type { RefreshToken } from './memory.ts';

/** A request to the token endpoint; `origin` where a browser sent it for a page. */
export interface Redemption {
  readonly form: Form;
  readonly origin: string | undefined;
}

/** Authorization code with PKCE. */
export async function redeemCode(
  context: LoginContext,
  client: Client,
  { form, origin }: Redemption,
): Promise<TokenAnswer> {
  const code = context.codes.get(demand(form, 'code'));
  if (!code) throw new AadstsError(9002313);
  if (code.clientId !== client.appId || code.redirectUri !== demand(form, 'redirect_uri'))
    throw new AadstsError(70000);
  if (code.redeemed) throw new AadstsError(54005);
  if (code.expiresAt < Date.now()) throw new AadstsError(70008);
  demandOrigin(code.platform, origin);
  demandProof(code, form);
  const confidential = authenticateClient(context, client, { form, platform: code.platform });
  code.redeemed = true;
  return issueTokens(context, {
    ...code,
    client,
    confidential,
    claims: merged(code.claims, form),
    scope: form.get('scope') ?? code.scope,
    clientInfo: form.get('client_info') === '1',
    viaDeviceCode: false,
  });
}

/** Milliseconds after which an unused refresh token expires: 90 days, in a single-page application one. */
const day = 24 * 60 * 60_000;

/**
 * A refresh token. It may be used again, also for fewer scopes or another resource that was consented to; each answer
 * brings a newer one (Microsoft identity platform: refresh tokens). Throws 50173, 700082 or 70043.
 */
export async function redeemRefreshToken(
  context: LoginContext,
  client: Client,
  { form, origin }: Redemption,
): Promise<TokenAnswer> {
  const token = context.memory.refreshTokens.get(demand(form, 'refresh_token'));
  if (!token) throw new AadstsError(9002313);
  if (token.clientId !== client.appId) throw new AadstsError(70000);
  demandOrigin(token.platform, origin);
  const confidential = authenticateClient(context, client, { form, platform: token.platform });
  demandAlive(context, token);
  return issueTokens(context, {
    ...token,
    client,
    confidential,
    claims: claimsOf(form.get('claims')),
    scope: form.get('scope') ?? token.scope,
    nonce: undefined,
    clientInfo: form.get('client_info') === '1',
  });
}

/** Device code: as long as the person has not answered, 70016. */
export async function redeemDeviceCode(
  context: LoginContext,
  client: Client,
  { form }: Redemption,
): Promise<TokenAnswer> {
  const name = form.get('device_code') ?? demand(form, 'code');
  const code = context.deviceCodes.get(name);
  if (code?.clientId !== client.appId) throw new AadstsError(70018);
  if (code.expiresAt < Date.now()) throw new AadstsError(70020);
  if (code.outcome === 'pending') throw new AadstsError(70016);
  // A flow without redirect URI is for clients that declare themselves public ("Allow public client flows").
  const confidential = authenticateClient(context, client, {
    form,
    platform: client.publicFlows ? 'publicClient' : 'web',
  });
  context.deviceCodes.delete(name);
  if (code.outcome === 'declined') throw new AadstsError(65004).named('authorization_declined');
  return issueTokens(context, {
    ...code.outcome,
    client,
    confidential,
    platform: confidential ? 'web' : 'publicClient',
    claims: merged(code.claims, form),
    scope: code.scope,
    nonce: undefined,
    clientInfo: form.get('client_info') === '1',
    viaDeviceCode: true,
  });
}

/** Claims may stand in the first request, in this one, or in both. */
function merged(before: AuthorizationCode['claims'], form: Form): AuthorizationCode['claims'] {
  const now = claimsOf(form.get('claims'));
  return {
    capable: before.capable || now.capable,
    contexts: [...new Set([...before.contexts, ...now.contexts])],
  };
}

/** A page redeems the grants of single-page applications, and nothing else does. Throws 9002326 or 9002327. */
function demandOrigin(platform: Platform, origin: string | undefined): void {
  if (platform === 'spa' && origin === undefined) throw new AadstsError(9002327);
  if (platform !== 'spa' && origin !== undefined) throw new AadstsError(9002326, origin);
}

function demandProof({ codeChallenge }: AuthorizationCode, form: Form): void {
  if (!codeChallenge) return;
  const verifier = demand(form, 'code_verifier');
  const proof = codeChallenge.hashed ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  if (proof !== codeChallenge.value) throw new AadstsError(501481);
}

function demandAlive(context: LoginContext, token: RefreshToken): void {
  const { memory, state } = context;
  const { account, serial, issuedAt, platform } = token;
  const arranged = memory.arranged.get(account.userId);
  if (arranged?.revoked && isRevoked(memory, account.userId, serial))
    throw new AadstsError(50173, iso(issuedAt), iso(arranged.revoked.at));
  const unused = state.clock.now() - issuedAt;
  const allowed = platform === 'spa' ? day : 90 * day;
  if (unused > allowed || serial <= (arranged?.expiredSerial ?? 0)) {
    const days = String(Math.max(90, Math.floor(unused / day)));
    throw new AadstsError(700082, iso(issuedAt), `${days}.00:00:00`);
  }
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
