import * as v from 'valibot';
import type { AssignedGroup, DirectoryMember } from '../guide/snapshot.ts';
import { kindFrom, kindProperties, kindShape } from './groupKind.ts';
import type { GraphRead } from './read.ts';
import { literal, orEmpty, orNull, parsed, parsedList } from './parse.ts';

/** A group as found by name, to choose from. */
export interface GroupSummary {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly securityEnabled: boolean;
  readonly dynamic: boolean;
}

const group = v.looseObject({
  id: v.string(),
  displayName: v.nullish(v.string(), ''),
  description: orNull(v.string()),
  securityEnabled: v.nullish(v.boolean(), false),
  groupTypes: orEmpty(v.string()),
});

const one = v.object({
  id: v.string(),
  displayName: v.nullish(v.string(), ''),
  securityEnabled: v.nullish(v.boolean(), false),
  ...kindShape,
});

// Only what is named is taken: groups can be large.
const member = v.object({
  '@odata.type': v.optional(v.string()),
  id: v.string(),
  displayName: orNull(v.string()),
  userPrincipalName: orNull(v.string()),
  accountEnabled: orNull(v.boolean()),
  userType: orNull(v.string()),
});

const scopes = ['GroupMember.Read.All'];
const memberScopes = ['GroupMember.Read.All', 'User.Read.All'];

/** A group without its members; `undefined` when it was deleted (Microsoft Graph: Get group). */
export function groupById(id: string): GraphRead<Omit<AssignedGroup, 'members'> | undefined> {
  const parse = parsed(one);
  return {
    path: `/groups/${encodeURIComponent(id)}?$select=id,displayName,securityEnabled,${kindProperties}`,
    scopes,
    parse(body) {
      const read = parse(body);
      const { displayName, securityEnabled } = read;
      return { id: read.id, displayName, securityEnabled, kind: kindFrom(read) };
    },
    whenNotFound: undefined,
  };
}

/**
 * Direct members of a group, every page (Microsoft Graph: List group members). Whoever may not read a member's type
 * gets its type and id alone, so the other properties may be missing.
 */
export function groupMembers(id: string): GraphRead<readonly DirectoryMember[]> {
  const parse = parsedList(member);
  return {
    path: `/groups/${encodeURIComponent(id)}/members?$top=999&$select=id,displayName,userPrincipalName,accountEnabled,userType`,
    scopes: memberScopes,
    allPages: true,
    parse: (body) =>
      parse(body).map((one) => ({
        id: one.id,
        type: memberType(one['@odata.type']),
        displayName: one.displayName ?? one.userPrincipalName ?? one.id,
        ...(one.userPrincipalName !== null && { userPrincipalName: one.userPrincipalName }),
        ...(one.accountEnabled !== null && { accountEnabled: one.accountEnabled }),
        ...(one.userType !== null && { userType: one.userType }),
      })),
    whenNotFound: [],
  };
}

/** The first fifty groups whose display name starts so; any name for an empty string. */
export function groupsByNameStart(start: string): GraphRead<readonly GroupSummary[]> {
  const filter = start === '' ? '' : `$filter=startswith(displayName,${literal(start)})&`;
  const parse = parsedList(group);
  return {
    path: `/groups?${filter}$top=50&$select=id,displayName,description,securityEnabled,groupTypes`,
    scopes,
    parse: (body) =>
      parse(body).map(({ id, displayName, description, securityEnabled, groupTypes }) => ({
        id,
        displayName,
        description,
        securityEnabled,
        dynamic: groupTypes.includes('DynamicMembership'),
      })),
  };
}

function memberType(type: string | undefined): DirectoryMember['type'] {
  if (type === '#microsoft.graph.user') return 'user';
  return type === '#microsoft.graph.group' ? 'group' : 'other';
}
