import { Hono } from 'hono';
import type { GraphGroup, GraphUser } from '../state.ts';
import { deltaTokens } from './deltaTokens.ts';
import type { Round } from './deltaTokens.ts';
import { metadata } from './context.ts';
import type { GraphContext, GraphDeps, GraphEnv } from './context.ts';
import { groupDefaults, groupEntity, userDefaults, userEntity } from './directoryObjects.ts';
import { entityTypes } from './entityTypes.ts';
import { badRequest, notEmulated } from './errors.ts';
import { checkOptions } from './odata/options.ts';
import type { Entity } from './odata/rows.ts';
import { linkWith } from './odata/pages.ts';
import { checkSelect, select } from './odata/select.ts';
import { allow, needs } from './permissions.ts';
import { changesSince, pictureOf } from './snapshots.ts';
import type { Picture } from './snapshots.ts';

/** Rows of a page. */
const pageSize = 100;
/** Objects that `$filter` may name. */
const mostIds = 50;

/**
 * `/users/delta` and `/groups/delta` (Microsoft Graph: Use delta query): all there is, then what changed since. A round
 * of changes begins with an empty page, as the service may answer one at any time. A link lasts seven days.
 */
export function deltaRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const { replication, tenant } = state;
  const routes = new Hono<GraphEnv>();
  const tokens = deltaTokens(state.clock);

  for (const kind of ['applications', 'servicePrincipals', 'oauth2PermissionGrants'])
    routes.get(`/${kind}/delta`, () => {
      throw notEmulated(`the delta of ${kind}`);
    });

  const sources = {
    users: {
      type: entityTypes.user,
      defaults: userDefaults,
      need: needs.listUsers,
      rows: (c: GraphContext) =>
        replication.all('lists', 'users').map((user: GraphUser) => ({
          entity: userEntity(user, tenant, c.get('caller')),
          members: undefined,
        })),
    },
    groups: {
      type: entityTypes.group,
      defaults: groupDefaults,
      need: needs.listGroups,
      rows: () =>
        replication.all('lists', 'groups').map((group: GraphGroup) => ({
          entity: groupEntity(group, state.tenant),
          members: group.members,
        })),
    },
  };

  for (const kind of ['users', 'groups'] as const) {
    const { type, defaults, need, rows } = sources[kind];

    const picture = (c: GraphContext): Picture => {
      const names = c.req
        .query('$select')
        ?.split(',')
        .map((name) => name.trim());
      const told = names?.filter((name) => name !== 'members' || kind !== 'groups');
      if (told) checkSelect(told.join(','), type);
      const tracksMembers = kind === 'groups' && (names === undefined || names.includes('members'));
      const ids = idsOf(c.req.query('$filter'));
      return pictureOf(
        rows(c)
          .filter(({ entity }) => ids?.has(String(entity['id'])) ?? true)
          .map(({ entity, members }) => ({
            entity: {
              id: entity['id'],
              ...(told?.length === 0 ? {} : select(entity, told?.join(','), defaults)),
            },
            members: tracksMembers && members ? new Set(members) : undefined,
          })),
      );
    };

    const page = (c: GraphContext, round: Round, answered: Entity[], rest: Entity[]): Response => {
      const chosen = c.req.query('$select');
      const more = rest.length > 0;
      const name = more ? '@odata.nextLink' : '@odata.deltaLink';
      const token = tokens.keep({ ...round, pending: rest });
      const link = linkWith(c, more ? '$skiptoken' : '$deltatoken', token);
      return c.json({
        '@odata.context': metadata(deps, `${kind}${chosen === undefined ? '' : `(${chosen})`}`),
        [name]: withoutOther(link, more ? '$deltatoken' : '$skiptoken'),
        value: answered,
      });
    };

    routes.get(`/${kind}/delta`, allow(need), (c) => {
      const query = c.req.query();
      checkOptions(query, ['$select', '$filter', '$deltatoken', '$skiptoken']);
      const skip = query['$skiptoken'];
      if (skip !== undefined) {
        const round = tokens.find(skip, c);
        return page(c, round, round.pending.slice(0, pageSize), round.pending.slice(pageSize));
      }
      const now = picture(c);
      const since = query['$deltatoken'];
      if (since === 'latest') return page(c, { picture: now, pending: [] }, [], []);
      if (since === undefined || since === '') {
        const all = changesSince(undefined, now, tenant);
        return page(c, { picture: now, pending: [] }, all.slice(0, pageSize), all.slice(pageSize));
      }
      const changed = changesSince(tokens.find(since, c).picture, now, tenant);
      return page(c, { picture: now, pending: [] }, [], changed);
    });
  }

  return routes;
}

/** The only filter there is: `id eq '…'`, several joined by `or`. */
function idsOf(filter: string | undefined): Set<string> | undefined {
  if (filter === undefined) return undefined;
  const ids = filter.split(/\s+or\s+/i).map((part) => /^\s*id eq '?([0-9a-f-]{36})'?\s*$/i.exec(part)?.[1]);
  const known = ids.flatMap((id) => (id === undefined ? [] : [id.toLowerCase()]));
  if (known.length < ids.length)
    throw badRequest("A delta query can be filtered by 'id eq' only.", 'Request_UnsupportedQuery');
  if (known.length > mostIds)
    throw badRequest(`A delta query can name at most ${mostIds} ids.`, 'Request_UnsupportedQuery');
  return new Set(known);
}

function withoutOther(link: string, name: string): string {
  const [path = '', query = ''] = link.split('?');
  const kept = query
    .split('&')
    .filter((part) => !part.startsWith(`${name}=`) && !part.startsWith(`${encodeURIComponent(name)}=`));
  return `${path}?${kept.join('&')}`;
}
