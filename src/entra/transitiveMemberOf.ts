import * as v from 'valibot';
import type { PersonMemberships } from '../guide/diagnosis/person.ts';
import { orNull, parsedList } from './parse.ts';
import type { GraphRead } from './read.ts';

const membership = v.looseObject({
  '@odata.type': v.optional(v.string()),
  id: v.string(),
  roleTemplateId: orNull(v.string()),
});

/** Groups and directory roles that a person is in, nested ones too (Microsoft Graph: List a user's memberships). */
export function transitiveMemberOf(userId: string): GraphRead<PersonMemberships> {
  const parse = parsedList(membership);
  return {
    path: `/users/${encodeURIComponent(userId)}/transitiveMemberOf?$top=999&$select=id,roleTemplateId`,
    scopes: ['GroupMember.Read.All', 'User.Read.All'],
    allPages: true,
    parse(body) {
      const all = parse(body);
      return {
        groupIds: all.filter((one) => one['@odata.type'] === '#microsoft.graph.group').map(({ id }) => id),
        roleTemplateIds: all.flatMap(({ roleTemplateId }) => roleTemplateId ?? []),
      };
    },
    whenNotFound: { groupIds: [], roleTemplateIds: [] },
  };
}
