import { Hono } from 'hono';
import type { PermissionGrant, SandboxState } from '../state.ts';
import { linkId } from '../tenant/ids.ts';
import { readByKey, writeByKey } from './applications/find.ts';
import { metadata } from './context.ts';
import type { GraphDeps, GraphEnv } from './context.ts';
import { entityTypes } from './entityTypes.ts';
import { badRequest, GraphError, notFound } from './errors.ts';
import { collection } from './odata/collection.ts';
import { plainEntity } from './odata/entity.ts';
import { allow, needs } from './permissions.ts';
import { bodyOf, onlyKnown, stringOf } from './requestBody.ts';
import type { Json } from './requestBody.ts';

const writable = ['clientId', 'consentType', 'principalId', 'resourceId', 'scope', 'startTime', 'expiryTime'];

/** `/oauth2PermissionGrants` (Microsoft Graph: oAuth2PermissionGrant resource type). */
export function oauth2PermissionGrantRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const { tenant, replication } = state;
  const routes = new Hono<GraphEnv>();

  const list = (rows: PermissionGrant[]): Record<string, unknown>[] => rows.map((row) => ({ ...row }));

  routes.get('/oauth2PermissionGrants', allow(needs.readGrants), (c) =>
    collection(c, deps, list(replication.all('lists', 'grants')), {
      context: 'oauth2PermissionGrants',
      type: entityTypes.oAuth2PermissionGrant,
      directory: true,
    }),
  );

  routes.get('/servicePrincipals/:id/oauth2PermissionGrants', allow(needs.readGrants), (c) => {
    const { id } = readByKey(state, 'servicePrincipals', c.req.param('id'));
    const rows = replication.all('lists', 'grants').filter((grant) => grant.clientId === id);
    return collection(c, deps, list(rows), {
      context: 'oauth2PermissionGrants',
      type: entityTypes.oAuth2PermissionGrant,
      directory: true,
    });
  });

  routes.get('/oauth2PermissionGrants/:id', allow(needs.readGrants), (c) =>
    plainEntity(c, deps, { ...grantOf(c.req.param('id'), state) }, 'oauth2PermissionGrants'),
  );

  routes.post('/oauth2PermissionGrants', allow(needs.writeGrants), async (c) => {
    const grant = newGrant(await bodyOf(c), state);
    replication.before('grants', grant.id);
    tenant.grants.set(grant.id, grant);
    return c.json({ '@odata.context': metadata(deps, 'oauth2PermissionGrants/$entity'), ...grant }, 201);
  });

  routes.patch('/oauth2PermissionGrants/:id', allow(needs.writeGrants), async (c) => {
    const grant = latestGrant(c.req.param('id'), state);
    const body = await bodyOf(c);
    onlyKnown(body, { writable: ['scope'], readOnly: writable }, 'OAuth2PermissionGrant');
    replication.before('grants', grant.id);
    grant.scope = stringOf(body, 'scope');
    return c.body(null, 204);
  });

  routes.delete('/oauth2PermissionGrants/:id', allow(needs.writeGrants), (c) => {
    const { id } = latestGrant(c.req.param('id'), state);
    replication.before('grants', id);
    tenant.grants.delete(id);
    return c.body(null, 204);
  });

  return routes;
}

function grantOf(id: string, { replication }: SandboxState): PermissionGrant {
  const grant = replication.one('objects', 'grants', id);
  if (!grant) throw notFound(id);
  return grant;
}

function latestGrant(id: string, state: SandboxState): PermissionGrant {
  const grant = state.tenant.grants.get(grantOf(id, state).id);
  if (!grant) throw notFound(id);
  return grant;
}

/** One grant for a pair of client and resource (and person): a second is a conflict, not an addition. */
function newGrant(body: Json, state: SandboxState): PermissionGrant {
  onlyKnown(body, { writable }, 'OAuth2PermissionGrant');
  const consentType = stringOf(body, 'consentType');
  if (consentType !== 'AllPrincipals' && consentType !== 'Principal')
    throw badRequest(
      "Invalid value specified for property 'consentType' of resource 'OAuth2PermissionGrant'.",
    );
  const principalId = consentType === 'Principal' ? stringOf(body, 'principalId').toLowerCase() : null;
  if (consentType === 'AllPrincipals' && typeof body['principalId'] === 'string')
    throw badRequest("Property 'principalId' must be null when consentType is 'AllPrincipals'.");
  const clientId = writeByKey(state, 'servicePrincipals', stringOf(body, 'clientId')).id;
  const resourceId = writeByKey(state, 'servicePrincipals', stringOf(body, 'resourceId')).id;
  const { tenant } = state;
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
