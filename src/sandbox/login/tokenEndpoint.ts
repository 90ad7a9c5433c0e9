import { Hono } from 'hono';
import { demandAuthority, demandTenant } from './accounts.ts';
import { redeemSecret } from './clientCredentials.ts';
import { findClient } from './clients.ts';
import type { LoginContext } from './context.ts';
import { AadstsError, errorBody, errorStatus } from './errors.ts';
import { demand, formOf } from './form.ts';
import type { Form } from './form.ts';
import { redeemCode, redeemDeviceCode, redeemRefreshToken } from './grants.ts';
import type { TokenAnswer } from './issue.ts';

/** Grants that Entra knows and this sandbox does not give. */
const notEmulated = new Map([
  ['password', 'the resource owner password grant, which no multifactor authentication survives'],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'the on-behalf-of flow'],
  ['urn:ietf:params:oauth:grant-type:saml2-bearer', 'SAML assertions'],
]);

/** `POST /{tenant}/oauth2/v2.0/token`: authorization code, refresh token, device code and client credentials. */
export function tokenEndpoint(context: LoginContext): Hono {
  const app = new Hono();
  app.post('/:tenant/oauth2/v2.0/token', async (c) => {
    c.header('Cache-Control', 'no-store');
    c.header('Pragma', 'no-cache');
    const origin = c.req.header('origin');
    // Pages of other origins read answers only of single-page applications, and refusals.
    if (origin !== undefined) c.header('Access-Control-Allow-Origin', '*');
    try {
      const form = await formOf(c.req.raw);
      const lacking = notEmulated.get(form.get('grant_type') ?? '');
      if (lacking !== undefined || form.has('client_assertion'))
        return c.json(
          {
            error: 'not_implemented',
            error_description: `The sandbox does not emulate ${lacking ?? 'client assertions'}.`,
          },
          501,
        );
      return c.json(await redeem(context, form, { authority: c.req.param('tenant'), origin }));
    } catch (error) {
      if (error instanceof AadstsError) return c.json(errorBody(error), errorStatus(error));
      throw error;
    }
  });
  return app;
}

async function redeem(
  context: LoginContext,
  form: Form,
  { authority, origin }: { readonly authority: string; readonly origin: string | undefined },
): Promise<TokenAnswer> {
  const { tenant } = context.state;
  demandTenant(tenant, authority);
  const grantType = demand(form, 'grant_type');
  const client = findClient(tenant, demand(form, 'client_id'));
  demandAuthority(tenant, client, authority);
  switch (grantType) {
    case 'authorization_code':
      return redeemCode(context, client, { form, origin });
    case 'refresh_token':
      return redeemRefreshToken(context, client, { form, origin });
    case 'device_code':
    case 'urn:ietf:params:oauth:grant-type:device_code':
      return redeemDeviceCode(context, client, { form, origin });
    case 'client_credentials':
      if (['common', 'organizations'].includes(authority.toLowerCase())) throw new AadstsError(50059);
      return redeemSecret(context, client, form);
    default:
      throw new AadstsError(70003, grantType);
  }
}
