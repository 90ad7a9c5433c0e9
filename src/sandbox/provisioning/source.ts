import type { GraphGroup, GraphUser } from '../state.ts';
import type { Value } from './expressions/value.ts';

/** Source attributes by the names of the old Azure AD Graph, which provisioning schemas still use. */
export type Source = ReadonlyMap<string, Value>;

/**
 * A user as the provisioning service reads it. `softDeleted` is what `IsSoftDeleted` says: deleted, disabled, or no longer
 * in scope. Of a guest's name the address at home is taken; `originalUserPrincipalName` keeps the whole (Microsoft Entra: how
 * application provisioning works).
 */
export function userSource(user: GraphUser, softDeleted: boolean): Source {
  return new Map<string, Value>([
    ['objectId', user.id],
    ['userPrincipalName', homeName(user.userPrincipalName)],
    ['originalUserPrincipalName', user.userPrincipalName],
    ['displayName', user.displayName],
    ['givenName', user.givenName],
    ['surname', user.surname],
    ['mail', user.mail],
    ['mailNickname', user.mailNickname],
    ['jobTitle', user.jobTitle],
    ['department', user.department],
    ['employeeId', user.employeeId],
    ['mobile', user.mobilePhone],
    ['telephoneNumber', user.businessPhones[0] ?? null],
    ['facsimileTelephoneNumber', null],
    ['physicalDeliveryOfficeName', user.officeLocation],
    ['streetAddress', null],
    ['city', user.city],
    ['state', null],
    ['postalCode', null],
    ['country', user.country],
    ['preferredLanguage', user.preferredLanguage],
    ['accountEnabled', user.accountEnabled],
    ['IsSoftDeleted', softDeleted],
  ]);
}

/** `alias_theirdomain#EXT#@ourdomain` is `alias@theirdomain` at home. */
function homeName(userPrincipalName: string): string {
  const [guest, ...rest] = userPrincipalName.split('#EXT#');
  if (guest === undefined || rest.length === 0) return userPrincipalName;
  const at = guest.lastIndexOf('_');
  return at < 0 ? guest : `${guest.slice(0, at)}@${guest.slice(at + 1)}`;
}

/** A group as the provisioning service reads it; members are references and flow apart. */
export function groupSource(group: GraphGroup): Source {
  return new Map<string, Value>([
    ['objectId', group.id],
    ['displayName', group.displayName],
    ['description', group.description],
    ['mailNickname', group.mailNickname],
    ['securityEnabled', group.securityEnabled],
  ]);
}
