import { Hono } from 'hono';
import type { Context } from 'hono';
import { clouds } from '../clouds.ts';
import type { Cloud } from '../clouds.ts';
import { isThisTenant } from './accounts.ts';
import type { LoginContext } from './context.ts';
import { AadstsError, errorBody } from './errors.ts';
import { issuerOf } from './accessTokenClaims.ts';

/**
 * OpenID discovery, JWKS and Entra's instance metadata. Endpoints are named on the host that was asked, so a client
 * whose name server points login.microsoftonline.com here sees Microsoft's addresses; the issuer always is Entra's, of the
 * tenant's cloud.
 */
export function discovery(context: LoginContext): Hono {
  const app = new Hono();
  const { tenant } = context.state;

  const document = (version: 1 | 2) => (c: Context) => {
    const name = c.req.param('tenant') ?? '';
    if (!isThisTenant(tenant, name)) return c.json(errorBody(new AadstsError(90002, name)), 400);
    const path = ['common', 'organizations'].includes(name) ? name : tenant.id;
    return c.json(
      configuration(`${originOf(c.req.raw)}/${path}`, version, {
        cloud: clouds[tenant.cloud],
        issuer: issuerOf(tenant.cloud, path === tenant.id ? path : '{tenantid}', version),
        region: path === tenant.id ? regions[tenant.cloud] : null,
      }),
    );
  };
  app.get('/:tenant/v2.0/.well-known/openid-configuration', document(2));
  app.get('/:tenant/.well-known/openid-configuration', document(1));

  const keys = (version: 1 | 2) => (c: Context) => {
    const name = c.req.param('tenant') ?? '';
    if (!isThisTenant(tenant, name)) return c.json(errorBody(new AadstsError(90002, name)), 400);
    return c.json({
      keys: [{ ...context.keys.publicJwk, issuer: issuerOf(tenant.cloud, tenant.id, version) }],
    });
  };
  app.get('/:tenant/discovery/v2.0/keys', keys(2));
  app.get('/:tenant/discovery/keys', keys(1));

  app.get('/common/discovery/instance', (c) => {
    const asked = c.req.query('authorization_endpoint') ?? '';
    const name = URL.canParse(asked) ? (new URL(asked).pathname.split('/')[1] ?? 'common') : 'common';
    return c.json({
      tenant_discovery_endpoint: `${originOf(c.req.raw)}/${name}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: instances(),
    });
  });
  return app;
}

const regions = { global: 'EU', usgov: 'USGov', dod: 'USGov', china: 'AS' } as const;

/** The sign-ins of all clouds, which each of them tells of all (instance discovery). */
function instances(): unknown[] {
  return [clouds.global, clouds.china, clouds.usgov].map(({ loginHosts: [first, ...others] }) => ({
    preferred_network: first,
    preferred_cache: first === 'login.microsoftonline.com' ? 'login.windows.net' : first,
    aliases: [first, ...others],
  }));
}

/** The discovery document of either version; version 1 endpoints are named and answer 501. */
function configuration(
  base: string,
  version: 1 | 2,
  of: { readonly cloud: Cloud; readonly issuer: string; readonly region: string | null },
): Record<string, unknown> {
  const oauth2 = version === 2 ? `${base}/oauth2/v2.0` : `${base}/oauth2`;
  return {
    token_endpoint: `${oauth2}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/${version === 2 ? 'v2.0/' : ''}keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: version === 2 ? ['openid', 'profile', 'email', 'offline_access'] : ['openid'],
    code_challenge_methods_supported: ['plain', 'S256'],
    issuer: of.issuer,
    request_uri_parameter_supported: false,
    userinfo_endpoint: version === 2 ? `${of.cloud.graph}/oidc/userinfo` : `${base}/openid/userinfo`,
    authorization_endpoint: `${oauth2}/authorize`,
    device_authorization_endpoint: `${oauth2}/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${oauth2}/logout`,
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
      'email',
    ],
    tenant_region_scope: of.region,
    cloud_instance_name: of.cloud.instance.name,
    cloud_graph_host_name: of.cloud.instance.graph,
    msgraph_host: new URL(of.cloud.graph).host,
    rbac_url: of.cloud.instance.rbac,
  };
}

function originOf(request: Request): string {
  return new URL(request.url).origin;
}
