import * as v from 'valibot';
import type { GroupKind } from '../guide/snapshot.ts';
import { orEmpty, orNull, parsed } from './parse.ts';
import type { GraphRead } from './read.ts';

/** Properties of a group that decide who changes its members (Microsoft Graph: group resource type). */
export const kindProperties = 'groupTypes,onPremisesSyncEnabled,isAssignableToRole,mailEnabled';

export const kindShape = {
  groupTypes: orEmpty(v.string()),
  onPremisesSyncEnabled: orNull(v.boolean()),
  isAssignableToRole: orNull(v.boolean()),
  mailEnabled: orNull(v.boolean()),
};
const group = v.looseObject(kindShape);

export function kindFrom(read: v.InferOutput<typeof group>): GroupKind {
  return {
    dynamic: read.groupTypes.includes('DynamicMembership'),
    unified: read.groupTypes.includes('Unified'),
    synced: read.onPremisesSyncEnabled === true,
    mailEnabled: read.mailEnabled === true,
    roleAssignable: read.isAssignableToRole === true,
  };
}

/** Who decides who is in a group; `undefined` when it was deleted (Microsoft Graph: Get group). */
export function groupKind(id: string): GraphRead<GroupKind | undefined> {
  const parse = parsed(group);
  return {
    path: `/groups/${encodeURIComponent(id)}?$select=id,${kindProperties}`,
    scopes: ['GroupMember.Read.All'],
    parse: (body) => kindFrom(parse(body)),
    whenNotFound: undefined,
  };
}
