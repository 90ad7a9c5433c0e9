import type { GraphObject } from '../../state.ts';
import { badRequest } from '../errors.ts';
import { isJson, onlyKnown, stringsOf } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';

const flags = [
  'allowedToSignUpEmailBasedSubscriptions',
  'allowedToUseSSPR',
  'allowEmailVerifiedUsersToJoinOrganization',
  'allowUserConsentForRiskyApps',
  'blockMsolPowerShell',
];
const userFlags = [
  'allowedToCreateApps',
  'allowedToCreateSecurityGroups',
  'allowedToCreateTenants',
  'allowedToReadBitlockerKeysForOwnedDevice',
  'allowedToReadOtherUsers',
];
const inviters = ['none', 'adminsAndGuestInviters', 'adminsGuestInvitersAndAllMembers', 'everyone'];
/** User, Guest User and Restricted Guest User. */
const guestRoles = [
  'a0b1b346-4d3e-4e8b-98f8-753987be4970',
  '10dae51f-b6af-4016-8d66-8c2a99b929b3',
  '2af84b1e-32c8-42b7-82bc-daa82404023b',
];

/**
 * What a PATCH makes of the policy: what it leaves out stays, also inside `defaultUserRolePermissions`, whose list of
 * consent policies is replaced (Microsoft Graph: Update authorizationPolicy). 400 for anything unknown.
 */
export function changedAuthorizationPolicy(policy: GraphObject, body: Json): Json {
  const writable = [
    ...flags,
    'allowInvitesFrom',
    'guestUserRoleId',
    'defaultUserRolePermissions',
    'description',
    'displayName',
  ];
  onlyKnown(body, { writable, readOnly: ['id', 'deletedDateTime'] }, 'AuthorizationPolicy');
  for (const name of flags)
    if (name in body && typeof body[name] !== 'boolean' && body[name] !== null) throw invalid(name);
  if ('allowInvitesFrom' in body && !inviters.includes(String(body['allowInvitesFrom'])))
    throw invalid('allowInvitesFrom');
  if ('guestUserRoleId' in body && !guestRoles.includes(String(body['guestUserRoleId']).toLowerCase()))
    throw invalid('guestUserRoleId');
  const asked = body['defaultUserRolePermissions'];
  if (asked === undefined) return body;
  if (!isJson(asked)) throw invalid('defaultUserRolePermissions');
  onlyKnown(
    asked,
    { writable: [...userFlags, 'permissionGrantPoliciesAssigned'] },
    'DefaultUserRolePermissions',
  );
  for (const name of userFlags) if (name in asked && typeof asked[name] !== 'boolean') throw invalid(name);
  if ('permissionGrantPoliciesAssigned' in asked)
    for (const name of stringsOf(asked['permissionGrantPoliciesAssigned'], 'permissionGrantPoliciesAssigned'))
      if (!/^ManagePermissionGrantsFor(Self|OwnedResource)\.[\w-]+$/.test(name)) throw invalid(name);
  const known = policy['defaultUserRolePermissions'];
  return { ...body, defaultUserRolePermissions: { ...(isJson(known) ? known : {}), ...asked } };
}

function invalid(name: string): Error {
  return badRequest(`Invalid value specified for property '${name}' of resource 'AuthorizationPolicy'.`);
}
