import { Hono } from 'hono';
import type { GraphObject, SandboxState } from '../state.ts';
import { purgeExpired, undeleted } from '../tenant/deletedItems.ts';
import { answered } from './applications/answered.ts';
import { storeApplication, storeServicePrincipal } from './applications/store.ts';
import { metadata } from './context.ts';
import type { GraphContext, GraphDeps, GraphEnv } from './context.ts';
import { badRequest, notFound } from './errors.ts';
import { collection } from './odata/collection.ts';
import { checkOptions } from './odata/options.ts';
import { select } from './odata/select.ts';
import { keyOf } from './path.ts';
import { allow, needs } from './permissions.ts';

const kinds = {
  'microsoft.graph.application': 'applications',
  'microsoft.graph.servicePrincipal': 'servicePrincipals',
} as const;

/**
 * `/directory/deletedItems` for applications and service principals (Microsoft Graph: deleted items). Each is restored
 * for itself, an application before its service principal.
 */
export function deletedItemRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const { tenant, replication } = state;
  const routes = new Hono<GraphEnv>();

  // The documents write both `deletedItems` and `deleteditems`.
  for (const base of ['/directory/deletedItems', '/directory/deleteditems']) {
    for (const [type, context] of Object.entries(kinds))
      routes.get(`${base}/${type}`, allow(needs.readApplications), (c) => {
        purgeExpired(state);
        const rows = replication.all('lists', 'deletedItems').filter((one) => typeOf(one) === type);
        return collection(c, deps, rows.map(untyped), { context, directory: true });
      });

    routes.get(`${base}/:id`, allow(needs.readApplications), (c) => {
      const item = itemOf(c, state);
      checkOptions(c.req.query(), ['$select']);
      return c.json({
        '@odata.context': metadata(deps, 'directoryObjects/$entity'),
        '@odata.type': item['@odata.type'],
        ...select(untyped(item), c.req.query('$select'), undefined),
      });
    });

    routes.post(`${base}/:id/restore`, allow(needs.writeApplications), (c) => {
      const item = latestItem(c, state);
      const object = undeleted(item);
      const isApplication = typeOf(item) === 'microsoft.graph.application';
      const appIds = [...tenant.applications.values()].map((one) => one['appId']);
      if (!isApplication && !appIds.includes(object['appId']))
        throw badRequest(
          `The appId '${String(object['appId'])}' of the service principal does not reference a valid application object.`,
        );
      replication.before('deletedItems', item.id);
      tenant.deletedItems.delete(item.id);
      if (isApplication) storeApplication(object, state);
      else storeServicePrincipal(object, state);
      return c.json({
        '@odata.context': metadata(deps, 'directoryObjects/$entity'),
        '@odata.type': item['@odata.type'],
        ...answered(object),
      });
    });

    routes.delete(`${base}/:id`, allow(needs.writeApplications), (c) => {
      const { id } = latestItem(c, state);
      replication.before('deletedItems', id);
      tenant.deletedItems.delete(id);
      return c.body(null, 204);
    });
  }
  return routes;
}

function itemOf(c: GraphContext, state: SandboxState): GraphObject {
  purgeExpired(state);
  const { value } = keyOf(c.req.param('id') ?? '');
  const item = state.replication.one('objects', 'deletedItems', value);
  if (!item) throw notFound(value);
  return item;
}

function latestItem(c: GraphContext, state: SandboxState): GraphObject {
  const { id } = itemOf(c, state);
  const latest = state.tenant.deletedItems.get(id);
  if (!latest) throw notFound(id);
  return latest;
}

function typeOf(item: GraphObject): string {
  return String(item['@odata.type']).replace('#', '');
}

/** After a cast the type is known, and is not told again. */
function untyped(item: GraphObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answered(item)).filter(([name]) => name !== '@odata.type'));
}
