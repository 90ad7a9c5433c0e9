import { Hono } from 'hono';
import { readByKey, writeByKey } from './applications/find.ts';
import { deleteServicePrincipal } from './applications/remove.ts';
import { newServicePrincipal } from './applications/servicePrincipalOf.ts';
import { storeServicePrincipal } from './applications/store.ts';
import { metadata } from './context.ts';
import type { GraphDeps, GraphEnv } from './context.ts';
import { entityTypes } from './entityTypes.ts';
import { badRequest, notEmulated } from './errors.ts';
import { collection, count } from './odata/collection.ts';
import { entity } from './odata/entity.ts';
import { allow, needs } from './permissions.ts';
import { servicePrincipalRelations } from './relations.ts';
import { bodyOf, onlyKnown, stringOf, stringsOf, withoutAnnotations } from './requestBody.ts';

const writable = [
  'accountEnabled',
  'appRoleAssignmentRequired',
  'description',
  'loginUrl',
  'notes',
  'notificationEmailAddresses',
  'preferredSingleSignOnMode',
  'preferredTokenSigningKeyThumbprint',
  'tags',
  'alternativeNames',
];
const readOnly = ['id', 'appId', 'applicationTemplateId', 'appOwnerOrganizationId'];
/** Properties that come from the application and change there. */
const mirroredNames = ['displayName', 'appDisplayName', 'appRoles', 'oauth2PermissionScopes', 'replyUrls'];

/** `/servicePrincipals` (Microsoft Graph: servicePrincipal resource type). */
export function servicePrincipalRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const { tenant, replication } = state;
  const routes = new Hono<GraphEnv>();
  const told = {
    context: 'servicePrincipals',
    type: entityTypes.servicePrincipal,
    relations: servicePrincipalRelations(state),
  };

  routes.get('/servicePrincipals', allow(needs.readApplications), (c) =>
    collection(c, deps, replication.all('lists', 'servicePrincipals'), {
      ...told,
      directory: true,
    }),
  );

  routes.get('/servicePrincipals/$count', allow(needs.readApplications), (c) =>
    count(c, replication.all('lists', 'servicePrincipals'), entityTypes.servicePrincipal),
  );

  routes.get('/servicePrincipals/:id', allow(needs.readApplications), (c) =>
    entity(c, deps, readByKey(state, 'servicePrincipals', c.req.param('id')), told),
  );

  routes.post('/servicePrincipals', allow(needs.writeApplications), async (c) => {
    const body = await bodyOf(c);
    onlyKnown(body, { writable: [...writable, 'appId'], readOnly: readOnly.slice(2) }, 'ServicePrincipal');
    const appId = stringOf(body, 'appId').toLowerCase();
    const application = replication
      .all('objects', 'applications')
      .find((one) => one['appId'] === appId && tenant.applications.has(one.id));
    if (!application)
      throw badRequest(
        `The appId '${appId}' of the service principal does not reference a valid application object.`,
        'Request_BadRequest',
      );
    if ([...tenant.servicePrincipals.values()].some((one) => one['appId'] === appId))
      throw badRequest(
        `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
        'Request_MultipleObjectsWithSameKeyValue',
      );
    const servicePrincipal = {
      ...newServicePrincipal(application, tenant),
      ...withoutAnnotations(body),
      appId,
    };
    storeServicePrincipal(servicePrincipal, state);
    return c.json(
      { '@odata.context': metadata(deps, 'servicePrincipals/$entity'), ...servicePrincipal },
      201,
    );
  });

  routes.patch('/servicePrincipals/:id', allow(needs.writeApplications), async (c) => {
    const servicePrincipal = writeByKey(state, 'servicePrincipals', c.req.param('id'));
    const body = await bodyOf(c);
    const foreign = mirroredNames.find((name) => name in body);
    if (foreign) throw notEmulated(`setting '${foreign}' of a service principal; set it on the application`);
    onlyKnown(body, { writable, readOnly }, 'ServicePrincipal');
    for (const name of ['accountEnabled', 'appRoleAssignmentRequired'])
      if (name in body && typeof body[name] !== 'boolean')
        throw badRequest(`Invalid value specified for property '${name}' of resource 'ServicePrincipal'.`);
    if ('tags' in body) stringsOf(body['tags'], 'tags');
    storeServicePrincipal({ ...servicePrincipal, ...withoutAnnotations(body) }, state);
    return c.body(null, 204);
  });

  routes.delete('/servicePrincipals/:id', allow(needs.writeApplications), (c) => {
    deleteServicePrincipal(writeByKey(state, 'servicePrincipals', c.req.param('id')), deps);
    return c.body(null, 204);
  });

  return routes;
}
