import { Hono } from 'hono';
import type { Handler } from 'hono';
import { metadata } from './context.ts';
import type { GraphContext, GraphDeps, GraphEnv } from './context.ts';
import { groupsWith, membershipsOf, readGroup, readUser } from './directoryReads.ts';
import { entityTypes } from './entityTypes.ts';
import { badRequest } from './errors.ts';
import { checkEventual } from './groups.ts';
import { collection, count } from './odata/collection.ts';
import { allow, needs } from './permissions.ts';
import { bodyOf, onlyKnown, stringsOf } from './requestBody.ts';

/** Groups that one question may name. */
const mostGroupIds = 20;

/**
 * What people and groups are members of: `memberOf`, `transitiveMemberOf`, `checkMemberGroups`, `getMemberGroups`
 * (Microsoft Graph: List memberOf; directoryObject: checkMemberGroups, getMemberGroups).
 */
export function memberOfRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const routes = new Hono<GraphEnv>();
  const subjects = [
    { base: '/me', need: needs.readMe, id: (c: GraphContext) => c.get('caller').objectId },
    { base: '/users/:id', need: needs.readMemberOf, id: (c: GraphContext) => readUser(state, key(c)).id },
    { base: '/groups/:id', need: needs.readGroups, id: (c: GraphContext) => readGroup(state, key(c)).id },
  ];

  for (const { base, need, id } of subjects) {
    for (const kind of ['memberOf', 'transitiveMemberOf'] as const) {
      const rows = (c: GraphContext) =>
        membershipsOf(state, id(c), c.get('caller'), kind === 'transitiveMemberOf');
      routes.get(`${base}/${kind}`, allow(need), (c) =>
        collection(c, deps, rows(c), {
          context: 'directoryObjects',
          type: entityTypes.directoryObject,
          directory: true,
        }),
      );
      routes.get(`${base}/${kind}/:segment`, allow(need), (c) => {
        const segment = c.req.param('segment') ?? '';
        if (segment === '$count') return count(c, rows(c), entityTypes.directoryObject);
        const [, cast] = /^microsoft\.graph\.(\w+)$/.exec(segment) ?? [];
        if (cast !== 'group' && cast !== 'directoryRole' && cast !== 'administrativeUnit')
          throw badRequest(`Resource not found for the segment '${segment}'.`);
        checkEventual(c);
        // The sandbox has no administrative units.
        if (cast === 'administrativeUnit')
          return collection(c, deps, [], { context: 'administrativeUnits', directory: true });
        const some = rows(c).filter((row) => row['@odata.type'] === `#${segment}`);
        const untyped = some.map((row) =>
          Object.fromEntries(Object.entries(row).filter(([name]) => name !== '@odata.type')),
        );
        return collection(c, deps, untyped, {
          context: `${cast}s`,
          type: entityTypes[cast],
          directory: true,
        });
      });
    }

    const check: Handler<GraphEnv> = async (c) => {
      const body = await bodyOf(c);
      onlyKnown(body, { writable: ['groupIds'] }, 'checkMemberGroups');
      const asked = stringsOf(body['groupIds'], 'groupIds').map((one) => one.toLowerCase());
      if (asked.length === 0 || asked.length > mostGroupIds)
        throw badRequest(`The number of group ids must be between 1 and ${mostGroupIds}.`);
      const held = new Set(groupsWith(state, id(c), true).map((group) => group.id));
      return answer(
        c,
        asked.filter((one) => held.has(one)),
      );
    };
    const get: Handler<GraphEnv> = async (c) => {
      const body = await bodyOf(c);
      onlyKnown(body, { writable: ['securityEnabledOnly'] }, 'getMemberGroups');
      const securityOnly = body['securityEnabledOnly'] ?? false;
      if (typeof securityOnly !== 'boolean')
        throw badRequest(
          "Invalid value specified for property 'securityEnabledOnly': a Boolean was expected.",
        );
      const groups = groupsWith(state, id(c), true).filter((group) => !securityOnly || group.securityEnabled);
      return answer(
        c,
        groups.map((group) => group.id),
      );
    };
    routes.post(`${base}/checkMemberGroups`, allow(need), check);
    routes.post(`${base}/getMemberGroups`, allow(need), get);
  }

  const answer = (c: GraphContext, ids: string[]): Response =>
    c.json({ '@odata.context': metadata(deps, 'Collection(Edm.String)'), value: ids });
  return routes;
}

function key(c: GraphContext): string {
  return c.req.param('id') ?? '';
}
