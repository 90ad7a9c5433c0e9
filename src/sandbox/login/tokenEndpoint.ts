import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { isThisTenant } from './accounts.ts';
import { findClient } from './clients.ts';
import type { Client } from './clients.ts';
import type { LoginContext } from './context.ts';
import { AadstsError, errorBody, errorStatus } from './errors.ts';
import { issueTokens } from './issue.ts';
import type { TokenAnswer } from './issue.ts';
import { resolveScopes } from './resources.ts';
import { issueAccessToken } from './tokens.ts';

type Form = ReadonlyMap<string, string>;

/** `POST /{tenant}/oauth2/v2.0/token`: authorization code, refresh token, device code and client credentials. */
export function tokenEndpoint(context: LoginContext): Hono {
  const app = new Hono();
  app.post('/:tenant/oauth2/v2.0/token', async (c) => {
    c.header('Cache-Control', 'no-store');
    c.header('Access-Control-Allow-Origin', '*');
    try {
      if (!isThisTenant(context.state.tenant, c.req.param('tenant')))
        throw new AadstsError(90002, c.req.param('tenant'));
      return c.json(await redeem(context, await formOf(c.req.raw)));
    } catch (error) {
      if (error instanceof AadstsError) return c.json(errorBody(error), errorStatus(error));
      throw error;
    }
  });
  return app;
}

/** Form fields of a request, each once; a client that authenticates by header has its secret there. */
export async function formOf(request: Request): Promise<Form> {
  const form = new Map(new URLSearchParams(await request.text()));
  const basic = /^Basic (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (basic !== undefined) {
    const [id, secret] = Buffer.from(basic, 'base64').toString('utf8').split(':', 2).map(decodeURIComponent);
    if (id !== undefined) form.set('client_id', id);
    if (secret !== undefined) form.set('client_secret', secret);
  }
  return form;
}

/** A form field that must be there. Throws 900144. */
export function demand(form: Form, name: string): string {
  const value = form.get(name);
  if (value === undefined || value === '') throw new AadstsError(900144, name);
  return value;
}

async function redeem(context: LoginContext, form: Form): Promise<TokenAnswer> {
  const grantType = demand(form, 'grant_type');
  const client = findClient(context.state.tenant, demand(form, 'client_id'));
  switch (grantType) {
    case 'authorization_code':
      return redeemCode(context, client, form);
    case 'refresh_token':
      return redeemRefreshToken(context, client, form);
    case 'device_code':
    case 'urn:ietf:params:oauth:grant-type:device_code':
      return redeemDeviceCode(context, client, form);
    case 'client_credentials':
      return redeemSecret(context, client, form);
    default:
      throw new AadstsError(70003, grantType);
  }
}

function redeemCode(context: LoginContext, client: Client, form: Form): Promise<TokenAnswer> {
  const code = context.codes.get(demand(form, 'code'));
  if (code?.clientId !== client.appId || code.redirectUri !== demand(form, 'redirect_uri'))
    throw new AadstsError(70000);
  if (code.redeemed) throw new AadstsError(54005);
  if (code.expiresAt < Date.now()) throw new AadstsError(70008);
  if (code.codeChallenge !== undefined) {
    const proof = createHash('sha256').update(demand(form, 'code_verifier')).digest('base64url');
    if (proof !== code.codeChallenge) throw new AadstsError(501481);
  }
  if (code.platform === 'web') demandSecret(client, form);
  code.redeemed = true;
  return issueTokens(context, {
    client,
    account: code.account,
    scope: code.scope,
    nonce: code.nonce,
    clientInfo: form.get('client_info') === '1',
  });
}

function redeemRefreshToken(context: LoginContext, client: Client, form: Form): Promise<TokenAnswer> {
  const token = context.refreshTokens.get(demand(form, 'refresh_token'));
  if (!token) throw new AadstsError(50173);
  if (token.clientId !== client.appId) throw new AadstsError(70000);
  return issueTokens(context, {
    client,
    account: token.account,
    scope: form.get('scope') ?? token.scope,
    nonce: undefined,
    clientInfo: form.get('client_info') === '1',
  });
}

function redeemDeviceCode(context: LoginContext, client: Client, form: Form): Promise<TokenAnswer> {
  const name = form.get('device_code') ?? demand(form, 'code');
  const code = context.deviceCodes.get(name);
  if (code?.clientId !== client.appId) throw new AadstsError(70018);
  if (code.expiresAt < Date.now()) throw new AadstsError(70019);
  if (code.outcome === 'pending') throw new AadstsError(70016);
  context.deviceCodes.delete(name);
  if (code.outcome === 'declined') throw new AadstsError(65004);
  return issueTokens(context, {
    client,
    account: code.outcome.account,
    scope: code.scope,
    nonce: undefined,
    clientInfo: form.get('client_info') === '1',
  });
}

async function redeemSecret(context: LoginContext, client: Client, form: Form): Promise<TokenAnswer> {
  demandSecret(client, form);
  const { tenant } = context.state;
  const scope = demand(form, 'scope');
  const asked = resolveScopes(tenant, scope, client.displayName);
  if (!asked.everything) throw new AadstsError(70011, scope);
  const { resource } = asked;
  const principal = tenant.servicePrincipals.get(resource.servicePrincipalId ?? '');
  const appRoles = [...tenant.appRoleAssignments.values()]
    .filter((one) => one.principalId === client.servicePrincipalId && one.resourceId === principal?.id)
    .flatMap((one) => roleValue(principal?.['appRoles'], one.appRoleId));
  return {
    token_type: 'Bearer',
    scope,
    expires_in: 3599,
    ext_expires_in: 3599,
    access_token: await issueAccessToken(context.keys, {
      tenantId: tenant.id,
      version: resource.version,
      audience: resource.audience,
      clientId: client.appId,
      clientName: client.displayName,
      ...(client.servicePrincipalId === undefined ? {} : { servicePrincipalId: client.servicePrincipalId }),
      scopes: [],
      appRoles,
      lifetimeSeconds: 3599,
    }),
  };
}

function roleValue(appRoles: unknown, id: string): string[] {
  if (!Array.isArray(appRoles)) return [];
  for (const role of appRoles as unknown[])
    if (typeof role === 'object' && role !== null && 'id' in role && role.id === id && 'value' in role)
      return typeof role.value === 'string' ? [role.value] : [];
  return [];
}

function demandSecret(client: Client, form: Form): void {
  const given = form.get('client_secret');
  if (given === undefined) throw new AadstsError(7000218);
  const matches = client.secrets.some((secret) => {
    const [a, b] = [Buffer.from(secret), Buffer.from(given)];
    return a.length === b.length && timingSafeEqual(a, b);
  });
  if (!matches) throw new AadstsError(7000215, client.appId);
}
