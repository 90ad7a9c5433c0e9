import { Hono } from 'hono';
import type { PermissionGrant, Tenant } from '../state.ts';
import { linkId } from '../tenant/ids.ts';
import { metadata } from './context.ts';
import type { GraphDeps, GraphEnv } from './context.ts';
import { badRequest, GraphError, notFound } from './errors.ts';
import { collection } from './odata/collection.ts';
import { allow, needs } from './permissions.ts';
import { bodyOf, onlyKnown, stringOf } from './requestBody.ts';
import type { Json } from './requestBody.ts';

const writable = ['clientId', 'consentType', 'principalId', 'resourceId', 'scope', 'startTime', 'expiryTime'];

/** `/oauth2PermissionGrants` (Microsoft Graph: oAuth2PermissionGrant resource type). */
export function oauth2PermissionGrantRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { tenant } = deps.state;
  const routes = new Hono<GraphEnv>();

  const list = (rows: PermissionGrant[]): Record<string, unknown>[] => rows.map((row) => ({ ...row }));

  routes.get('/oauth2PermissionGrants', allow(needs.readGrants), (c) =>
    collection(c, deps, list([...tenant.grants.values()]), {
      context: 'oauth2PermissionGrants',
      directory: true,
    }),
  );

  routes.get('/servicePrincipals/:id/oauth2PermissionGrants', allow(needs.readGrants), (c) => {
    const id = c.req.param('id');
    if (!tenant.servicePrincipals.has(id)) throw notFound(id);
    const rows = [...tenant.grants.values()].filter((grant) => grant.clientId === id);
    return collection(c, deps, list(rows), { context: 'oauth2PermissionGrants', directory: true });
  });

  routes.get('/oauth2PermissionGrants/:id', allow(needs.readGrants), (c) =>
    c.json({
      '@odata.context': metadata(deps, 'oauth2PermissionGrants/$entity'),
      ...grantOf(c.req.param('id'), tenant),
    }),
  );

  routes.post('/oauth2PermissionGrants', allow(needs.writeGrants), async (c) => {
    const grant = newGrant(await bodyOf(c), tenant);
    tenant.grants.set(grant.id, grant);
    return c.json({ '@odata.context': metadata(deps, 'oauth2PermissionGrants/$entity'), ...grant }, 201);
  });

  routes.patch('/oauth2PermissionGrants/:id', allow(needs.writeGrants), async (c) => {
    const grant = grantOf(c.req.param('id'), tenant);
    const body = await bodyOf(c);
    onlyKnown(body, { writable: ['scope'], readOnly: writable }, 'OAuth2PermissionGrant');
    grant.scope = stringOf(body, 'scope');
    return c.body(null, 204);
  });

  routes.delete('/oauth2PermissionGrants/:id', allow(needs.writeGrants), (c) => {
    tenant.grants.delete(grantOf(c.req.param('id'), tenant).id);
    return c.body(null, 204);
  });

  return routes;
}

function grantOf(id: string, tenant: Tenant): PermissionGrant {
  const grant = tenant.grants.get(id);
  if (!grant) throw notFound(id);
  return grant;
}

/** One grant for a pair of client and resource (and person): a second is a conflict, not an addition. */
function newGrant(body: Json, tenant: Tenant): PermissionGrant {
  onlyKnown(body, { writable }, 'OAuth2PermissionGrant');
  const consentType = stringOf(body, 'consentType');
  if (consentType !== 'AllPrincipals' && consentType !== 'Principal')
    throw badRequest(
      "Invalid value specified for property 'consentType' of resource 'OAuth2PermissionGrant'.",
    );
  const principalId = consentType === 'Principal' ? stringOf(body, 'principalId').toLowerCase() : null;
  if (consentType === 'AllPrincipals' && typeof body['principalId'] === 'string')
    throw badRequest("Property 'principalId' must be null when consentType is 'AllPrincipals'.");
  const [clientId, resourceId] = [stringOf(body, 'clientId'), stringOf(body, 'resourceId')].map((id) =>
    id.toLowerCase(),
  );
  if (clientId === undefined || !tenant.servicePrincipals.has(clientId)) throw notFound(String(clientId));
  if (resourceId === undefined || !tenant.servicePrincipals.has(resourceId))
    throw notFound(String(resourceId));
  if (principalId !== null && !tenant.users.has(principalId)) throw notFound(principalId);
  for (const other of tenant.grants.values())
    if (other.clientId === clientId && other.resourceId === resourceId && other.principalId === principalId)
      throw new GraphError(
        409,
        'Request_MultipleObjectsWithSameKeyValue',
        'Permission entry already exists.',
      );
  return { id: linkId(), clientId, consentType, principalId, resourceId, scope: stringOf(body, 'scope') };
}
