import { Hono } from 'hono';
import type { SandboxState } from '../state.ts';
import { readByKey, writeByKey } from './applications/find.ts';
import type { Caller, GraphDeps, GraphEnv } from './context.ts';
import { memberEntity } from './directoryObjects.ts';
import { badRequest, notFound } from './errors.ts';
import { collection } from './odata/collection.ts';
import type { Entity } from './odata/rows.ts';
import { allow, needs } from './permissions.ts';
import { bodyOf, onlyKnown } from './requestBody.ts';

/**
 * Owners of applications and service principals (Microsoft Graph: Add owner, List owners, Remove owner): people and
 * service principals. An owner has no rights by that in the sandbox.
 */
export function ownerRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const { tenant } = state;
  const routes = new Hono<GraphEnv>();

  for (const kind of ['applications', 'servicePrincipals'] as const) {
    const base = `/${kind}/:id/owners`;

    routes.get(base, allow(needs.readApplications), (c) => {
      const { id } = readByKey(state, kind, c.req.param('id') ?? '');
      const rows = ownersOf(state, id, c.get('caller'));
      return collection(c, deps, rows, { context: 'directoryObjects', directory: true });
    });

    routes.post(`${base}/$ref`, allow(needs.writeApplications), async (c) => {
      const { id } = writeByKey(state, kind, c.req.param('id') ?? '');
      const body = await bodyOf(c);
      onlyKnown(body, { writable: [] }, 'owners');
      const owner = referenced(body['@odata.id']);
      if (!tenant.users.has(owner) && !tenant.servicePrincipals.has(owner)) throw notFound(owner);
      const owners = tenant.owners.get(id) ?? new Set<string>();
      if (owners.has(owner))
        throw badRequest(
          "One or more added object references already exist for the following modified properties: 'owners'.",
        );
      tenant.owners.set(id, owners.add(owner));
      return c.body(null, 204);
    });

    routes.delete(`${base}/:owner/$ref`, allow(needs.writeApplications), (c) => {
      const { id } = writeByKey(state, kind, c.req.param('id') ?? '');
      const owner = c.req.param('owner').toLowerCase();
      if (!tenant.owners.get(id)?.delete(owner)) throw notFound(owner);
      return c.body(null, 204);
    });
  }
  return routes;
}

/** Owners of an application or a service principal, typed. */
export function ownersOf({ tenant }: SandboxState, id: string, caller: Caller): Entity[] {
  return [...(tenant.owners.get(id) ?? [])].flatMap((owner): Entity[] => {
    if (tenant.users.has(owner)) return [memberEntity(owner, tenant, caller)];
    const principal = tenant.servicePrincipals.get(owner);
    return principal ? [{ '@odata.type': '#microsoft.graph.servicePrincipal', ...principal }] : [];
  });
}

/** The object id at the end of a reference such as `https://graph.microsoft.com/v1.0/directoryObjects/{id}`. */
function referenced(reference: unknown): string {
  const [, id] =
    /\/(?:directoryObjects|users|servicePrincipals)\/([0-9a-f-]{36})$/i.exec(String(reference)) ?? [];
  if (id === undefined) throw badRequest('Invalid URL was specified for the property @odata.id.');
  return id.toLowerCase();
}
