import { clouds } from '../clouds.ts';
import { demandAuthority, demandTenant } from './accounts.ts';
import { noClaims } from './claimsParameter.ts';
import { findClient, platformOf } from './clients.ts';
import type { LoginContext } from './context.ts';
import { AadstsError } from './errors.ts';
import { permissionsAsked, registeredPermissions } from './permissionsAsked.ts';
import type { Permission } from './permissionsAsked.ts';
import { findResource, resolveScopes } from './resources.ts';
import { respond, respondRefusal } from './respond.ts';
import type { Reply } from './respond.ts';
import { beginFlow } from './signInFlow.ts';

/**
 * Admin consent for the whole tenant (Microsoft identity platform: admin consent on the Microsoft identity platform).
 * With `scope` (version 2.0) for what it names, else for what the registration lists; a registration that lists nothing gets
 * `User.Read`. Without a redirect URI it ends on a page of its own.
 */
export function adminConsent(
  context: LoginContext,
  asked: { authority: string; query: ReadonlyMap<string, string>; browser: string },
): Promise<Response> {
  const { authority, query, browser } = asked;
  const { tenant } = context.state;
  demandTenant(tenant, authority);
  const client = findClient(tenant, query.get('client_id') ?? '');
  demandAuthority(tenant, client, authority);
  const redirectUri = query.get('redirect_uri');
  if (redirectUri !== undefined) platformOf(client, redirectUri);
  const scope = query.get('scope');
  const graph = findResource(tenant, clouds[tenant.cloud].graph);
  const listed =
    scope === undefined
      ? registeredPermissions(tenant, client)
      : permissionsAsked(tenant, client, resolveScopes(tenant, scope, client));
  const minimum: Permission = {
    resource: graph,
    scopes: [graph.scopes.get('User.Read')].filter((one) => !!one),
  };
  const permissions = listed.length === 0 ? [minimum] : listed;
  const reply: Reply = { redirectUri, mode: 'query', state: query.get('state'), silent: false };
  return beginFlow(context, {
    client,
    resource: permissions[0]?.resource ?? graph,
    permissions,
    offline: false,
    claims: noClaims,
    browser,
    signedIn: undefined,
    finish: (outcome) => {
      if (!('error' in outcome))
        return respond(context, reply, {
          admin_consent: 'True',
          tenant: tenant.id,
          scope: permissions
            .flatMap(({ resource, scopes }) => scopes.map(({ value }) => `${resource.prefix}/${value}`))
            .join(' '),
        });
      if (outcome.error instanceof AadstsError) return respondRefusal(context, reply, outcome.error);
      throw outcome.error;
    },
    prompt: 'consent',
    loginHint: query.get('login_hint') ?? '',
    domainHint: '',
    forTenant: true,
    viaDeviceCode: false,
  });
}
