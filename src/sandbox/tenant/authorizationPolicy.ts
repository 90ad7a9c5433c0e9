import type { GraphObject } from '../state.ts';

/** People may consent for themselves to anything that no administrator has to approve. */
export const legacyConsent = 'ManagePermissionGrantsForSelf.microsoft-user-default-legacy';
/** As `legacyConsent`, but for applications of verified publishers or of the tenant itself, and low-impact permissions. */
export const lowConsent = 'ManagePermissionGrantsForSelf.microsoft-user-default-low';

/**
 * The tenant's authorization policy as Graph shows it (Microsoft Graph: Get authorizationPolicy; Microsoft Entra: configure
 * how users consent to applications). In a fresh sandbox people may consent for themselves.
 */
export function defaultAuthorizationPolicy(): GraphObject {
  return {
    id: 'authorizationPolicy',
    deletedDateTime: null,
    description: 'Used to manage authorization related settings across the company.',
    displayName: 'Authorization Policy',
    allowInvitesFrom: 'everyone',
    allowedToSignUpEmailBasedSubscriptions: true,
    allowedToUseSSPR: true,
    allowEmailVerifiedUsersToJoinOrganization: false,
    allowUserConsentForRiskyApps: null,
    blockMsolPowerShell: false,
    // "Guest users have limited access to properties and memberships of directory objects".
    guestUserRoleId: '10dae51f-b6af-4016-8d66-8c2a99b929b3',
    defaultUserRolePermissions: {
      allowedToCreateApps: true,
      allowedToCreateSecurityGroups: true,
      allowedToCreateTenants: true,
      allowedToReadBitlockerKeysForOwnedDevice: true,
      allowedToReadOtherUsers: true,
      permissionGrantPoliciesAssigned: [legacyConsent],
    },
  };
}
