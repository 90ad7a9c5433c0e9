import { Hono } from 'hono';
import { isThisTenant } from './accounts.ts';
import type { LoginContext } from './context.ts';
import { AadstsError, errorBody } from './errors.ts';
import { issuerOf } from './tokens.ts';

/**
 * OpenID discovery, JWKS and Entra's instance metadata. Endpoints are named on the host that was asked, so a client
 * whose name server points login.microsoftonline.com here sees Microsoft's addresses; the issuer always is Entra's.
 */
export function discovery(context: LoginContext): Hono {
  const app = new Hono();
  const { tenant } = context.state;

  app.get('/:tenant/v2.0/.well-known/openid-configuration', (c) => {
    const name = c.req.param('tenant');
    if (!isThisTenant(tenant, name)) return c.json(errorBody(new AadstsError(90002, name)), 400);
    const path = ['common', 'organizations'].includes(name) ? name : tenant.id;
    const base = `${originOf(c.req.raw)}/${path}`;
    return c.json({
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      code_challenge_methods_supported: ['S256'],
      issuer: issuerOf(path === tenant.id ? path : '{tenantid}', 2),
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      claims_supported: [
        'sub',
        'iss',
        'aud',
        'exp',
        'iat',
        'nonce',
        'preferred_username',
        'name',
        'tid',
        'ver',
      ],
      tenant_region_scope: 'EU',
      cloud_instance_name: 'microsoftonline.com',
      cloud_graph_host_name: 'graph.windows.net',
      msgraph_host: 'graph.microsoft.com',
    });
  });

  app.get('/:tenant/discovery/v2.0/keys', (c) =>
    c.json({ keys: [{ ...context.keys.publicJwk, issuer: issuerOf(tenant.id, 2) }] }),
  );

  app.get('/common/discovery/instance', (c) => {
    const asked = c.req.query('authorization_endpoint') ?? '';
    const name = URL.canParse(asked) ? (new URL(asked).pathname.split('/')[1] ?? 'common') : 'common';
    return c.json({
      tenant_discovery_endpoint: `${originOf(c.req.raw)}/${name}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [
        {
          preferred_network: 'login.microsoftonline.com',
          preferred_cache: 'login.windows.net',
          aliases: [
            'login.microsoftonline.com',
            'login.windows.net',
            'login.microsoft.com',
            'sts.windows.net',
          ],
        },
      ],
    });
  });
  return app;
}

function originOf(request: Request): string {
  return new URL(request.url).origin;
}
