import * as v from 'valibot';
import type { AppRoleAssignment } from '../guide/snapshot.ts';
import type { GraphRead } from './read.ts';
import { parsedList } from './parse.ts';

const assignment = v.looseObject({
  id: v.string(),
  appRoleId: v.string(),
  principalId: v.string(),
  principalDisplayName: v.nullish(v.string(), ''),
  principalType: v.nullish(v.string(), ''),
});

/** Who is assigned to the application (Microsoft Graph: List appRoleAssignments granted for a service principal). */
export function appRoleAssignedTo(servicePrincipalId: string): GraphRead<readonly AppRoleAssignment[]> {
  return {
    path: `/servicePrincipals/${encodeURIComponent(servicePrincipalId)}/appRoleAssignedTo?$top=999`,
    scopes: ['Application.Read.All'],
    allPages: true,
    parse: parsedList(assignment),
  };
}
