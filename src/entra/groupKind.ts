import * as v from 'valibot';
import type { GroupKind } from '../guide/leaving/leavingPaths.ts';
import { orEmpty, orNull, parsed } from './parse.ts';
import type { GraphRead } from './read.ts';

const group = v.looseObject({
  groupTypes: orEmpty(v.string()),
  onPremisesSyncEnabled: orNull(v.boolean()),
  isAssignableToRole: orNull(v.boolean()),
  mailEnabled: orNull(v.boolean()),
});

/** Who decides who is in a group; `undefined` when it was deleted (Microsoft Graph: Get group). */
export function groupKind(id: string): GraphRead<GroupKind | undefined> {
  const parse = parsed(group);
  return {
    path: `/groups/${encodeURIComponent(id)}?$select=id,groupTypes,onPremisesSyncEnabled,isAssignableToRole,mailEnabled`,
    scopes: ['GroupMember.Read.All'],
    parse(body) {
      const { groupTypes, onPremisesSyncEnabled, isAssignableToRole, mailEnabled } = parse(body);
      return {
        dynamic: groupTypes.includes('DynamicMembership'),
        unified: groupTypes.includes('Unified'),
        synced: onPremisesSyncEnabled === true,
        mailEnabled: mailEnabled === true,
        roleAssignable: isAssignableToRole === true,
      };
    },
    whenNotFound: undefined,
  };
}
