import * as v from 'valibot';
import type { DirectoryMember } from '../guide/snapshot.ts';
import { orNull, parsedList } from './parse.ts';
import type { GraphRead } from './read.ts';

const member = v.looseObject({
  '@odata.type': v.optional(v.string()),
  id: v.string(),
  displayName: orNull(v.string()),
  userPrincipalName: orNull(v.string()),
  accountEnabled: orNull(v.boolean()),
  userType: orNull(v.string()),
});

/** People in a group and in the groups inside it, each once (Microsoft Graph: List group transitive members). */
export function transitivePeople(groupId: string): GraphRead<readonly DirectoryMember[]> {
  const parse = parsedList(member);
  return {
    path: `/groups/${encodeURIComponent(groupId)}/transitiveMembers?$top=999&$select=id,displayName,userPrincipalName,accountEnabled,userType`,
    scopes: ['GroupMember.Read.All', 'User.Read.All'],
    allPages: true,
    parse: (body) =>
      parse(body)
        .filter((one) => one['@odata.type'] === '#microsoft.graph.user')
        .map((one) => ({
          id: one.id,
          type: 'user',
          displayName: one.displayName ?? one.userPrincipalName ?? one.id,
          ...(one.userPrincipalName !== null && { userPrincipalName: one.userPrincipalName }),
          ...(one.accountEnabled !== null && { accountEnabled: one.accountEnabled }),
          ...(one.userType !== null && { userType: one.userType }),
        })),
    whenNotFound: [],
  };
}
