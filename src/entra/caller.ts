import * as v from 'valibot';
import type { DirectoryRole } from '../guide/preflight.ts';
import type { GraphRead } from './read.ts';
import { orEmpty, orNull, parsed, parsedList } from './parse.ts';

/** The account that is signed in (Microsoft Graph: Get a user). */
export function me(): GraphRead<{
  readonly id: string;
  readonly userPrincipalName: string;
  readonly guest: boolean;
}> {
  const parse = parsed(
    v.looseObject({ id: v.string(), userPrincipalName: v.string(), userType: orNull(v.string()) }),
  );
  return {
    path: '/me?$select=id,userPrincipalName,userType',
    scopes: ['User.Read'],
    parse(body) {
      const { id, userPrincipalName, userType } = parse(body);
      return { id, userPrincipalName, guest: userType === 'Guest' };
    },
  };
}

const directoryRole = v.looseObject({ roleTemplateId: orNull(v.string()), displayName: orNull(v.string()) });

/**
 * Directory roles that are active for the caller, tenant-wide ones only (Microsoft Graph: List transitiveMemberOf).
 * `undefined` where Graph tells that there are some, but without permission not which.
 */
export function activeRoles(): GraphRead<readonly DirectoryRole[] | undefined> {
  const parse = parsedList(directoryRole);
  return {
    path: '/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=displayName,roleTemplateId&$count=true',
    scopes: ['User.Read'],
    // A cast is an advanced query.
    headers: { ConsistencyLevel: 'eventual' },
    parse(body) {
      const rows = parse(body);
      const roles = rows.flatMap(({ roleTemplateId, displayName }) =>
        roleTemplateId === null ? [] : [{ roleTemplateId, displayName: displayName ?? '' }],
      );
      return roles.length < rows.length ? undefined : roles;
    },
  };
}

/** Roles that the caller may activate (Microsoft Graph: unifiedRoleEligibilityScheduleInstance: filterByCurrentUser). */
export function eligibleRoles(): GraphRead<readonly DirectoryRole[]> {
  const parse = parsedList(
    v.looseObject({
      roleDefinitionId: v.string(),
      roleDefinition: v.nullish(v.looseObject({ displayName: orNull(v.string()) })),
    }),
  );
  return {
    path: "/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')?$expand=roleDefinition",
    scopes: ['RoleEligibilitySchedule.Read.Directory'],
    // Of built-in roles the definition's id is the template's.
    parse: (body) =>
      parse(body).map(({ roleDefinitionId, roleDefinition }) => ({
        roleTemplateId: roleDefinitionId,
        displayName: roleDefinition?.displayName ?? '',
      })),
  };
}

/** Whether people may consent for themselves (Microsoft Graph: authorizationPolicy). */
export function userConsentAllowed(): GraphRead<boolean> {
  const parse = parsed(
    v.looseObject({
      defaultUserRolePermissions: v.looseObject({ permissionGrantPoliciesAssigned: orEmpty(v.string()) }),
    }),
  );
  return {
    path: '/policies/authorizationPolicy',
    scopes: ['Policy.Read.All'],
    parse: (body) =>
      parse(body).defaultUserRolePermissions.permissionGrantPoliciesAssigned.some((policy) =>
        policy.startsWith('ManagePermissionGrantsForSelf.'),
      ),
  };
}
