import { text, type Text } from './text.ts';

/**
 * Every delegated permission of Microsoft Graph that this tool may ask for, with what it is for (Microsoft Graph: permissions
 * reference, and the page of each operation). README's table says the same.
 */
export const permissions: Readonly<
  Record<string, { readonly asked: 'signIn' | 'write' | 'deeper' | 'ifGranted'; readonly why: Text }>
> = {
  'User.Read': {
    asked: 'signIn',
    why: text(
      'reads who you are and which roles are active, so that no change is begun that would be refused',
    ),
  },
  'Application.Read.All': {
    asked: 'signIn',
    why: text('reads the application, its enterprise application and who is assigned to it'),
  },
  'DelegatedPermissionGrant.Read.All': {
    asked: 'signIn',
    why: text('reads whether consent was given for the tenant'),
  },
  'GroupMember.Read.All': { asked: 'signIn', why: text('reads the assigned groups and who is in them') },
  'User.Read.All': {
    asked: 'signIn',
    why: text(
      'reads names and addresses of the people in those groups, and whether their accounts are enabled',
    ),
  },
  'Organization.Read.All': {
    asked: 'signIn',
    why: text('reads the tenant’s name, its domains and its licence'),
  },
  'Synchronization.Read.All': { asked: 'signIn', why: text('reads the provisioning job and its mapping') },
  'ProvisioningLog.Read.All': { asked: 'signIn', why: text('reads what provisioning logged') },
  'Application.ReadWrite.All': {
    asked: 'write',
    why: text('creates the application and sets its ID URI, scopes, redirect URIs and token version'),
  },
  'DelegatedPermissionGrant.ReadWrite.All': {
    asked: 'write',
    why: text('grants consent to the application’s own two scopes for everyone'),
  },
  'Synchronization.ReadWrite.All': {
    asked: 'write',
    why: text('saves endpoint, token and mapping, provisions people on demand and starts or stops the job'),
  },
  'AppRoleAssignment.ReadWrite.All': { asked: 'write', why: text('assigns a group to the application') },
  'GroupMember.ReadWrite.All': {
    asked: 'deeper',
    why: text('adds a person to a group or takes one out; asked for only where you chose that'),
  },
  'RoleEligibilitySchedule.Read.Directory': {
    asked: 'ifGranted',
    why: text('reads which roles you may activate; used where it was granted, never asked for'),
  },
  'Policy.Read.All': {
    asked: 'deeper',
    why: text(
      'reads whether people may consent for themselves and which Conditional Access policies hit Kiro; asked for only by “Look deeper”',
    ),
  },
  'AuditLog.Read.All': {
    asked: 'deeper',
    why: text(
      'reads one person’s last sign-ins to Kiro, and who changed the application; asked for only by “Look deeper”',
    ),
  },
};

/** The permissions in question, each with its reason. */
export function reasons(
  scopes: readonly string[],
): readonly { readonly scope: string; readonly why: Text }[] {
  return scopes.flatMap((scope) => {
    const known = permissions[scope];
    return known === undefined ? [] : [{ scope, why: known.why }];
  });
}
