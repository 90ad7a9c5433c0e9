import type { Change, Plan } from './change.ts';
import { lacksOnDemand, oneFirst } from './cloudLimits.ts';
import type { Observed, Snapshot } from './snapshot.ts';
import { valueOf } from './snapshot.ts';
import { firstArrived } from './steps/firstArrived.ts';
import { text, type Text } from './text.ts';

/** Who is about to change the tenant, as far as it can be read. */
export interface Caller {
  readonly me: Observed<{ readonly id: string; readonly userPrincipalName: string; readonly guest: boolean }>;
  /** Directory roles that are active now. */
  readonly activeRoles: Observed<readonly DirectoryRole[]>;
  /** Roles that Privileged Identity Management lets the caller activate. */
  readonly eligibleRoles: Observed<readonly DirectoryRole[]>;
  /** Whether people of the tenant may consent to applications for themselves. */
  readonly userConsent: Observed<boolean>;
}

export interface DirectoryRole {
  readonly roleTemplateId: string;
  readonly displayName: string;
}

/** Something to know before the first request is sent. */
export interface Notice {
  readonly id:
    'role' | 'eligible' | 'guest' | 'personal' | 'otherTenant' | 'licence' | 'userConsent' | 'oneFirst';
  /** `doubt`: Microsoft Graph will very probably refuse. `note`: it goes through, but something follows from it. */
  readonly weight: 'doubt' | 'note';
  readonly sentence: Text;
  /** Where it can be mended; an address of the cloud's own portal. */
  readonly link?: string;
}

/** Role template ids ("Microsoft Entra built-in roles"); names differ by language, these don't. */
export const roles = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  applicationAdministrator: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  cloudApplicationAdministrator: '158c047a-c907-4556-b7ef-446551a6b5f7',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
} as const;

const applicationRoles: readonly string[] = [
  roles.globalAdministrator,
  roles.applicationAdministrator,
  roles.cloudApplicationAdministrator,
];

/** Roles of which each permission needs one, besides the permission itself (Microsoft Graph: each operation's page). */
const rolesFor: Readonly<Record<string, readonly string[]>> = {
  'Application.ReadWrite.All': applicationRoles,
  'Synchronization.ReadWrite.All': applicationRoles,
  'AppRoleAssignment.ReadWrite.All': [
    ...applicationRoles,
    roles.privilegedRoleAdministrator,
    roles.userAdministrator,
  ],
  'DelegatedPermissionGrant.ReadWrite.All': [...applicationRoles, roles.privilegedRoleAdministrator],
};

/** Tenant of every personal Microsoft account ("Access token claims reference"). */
const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** What stands against a plan, or follows from it, before anything is sent. Empty where all is as it should be. */
export function preflight(
  plan: Plan,
  snapshot: Snapshot,
  caller: Caller,
  tenantId: string,
): readonly Notice[] {
  if (plan.changes.length === 0) return [];
  return [
    ...whoseAccount(snapshot, caller, tenantId),
    ...whichRole(plan.changes, snapshot, caller),
    ...whichLicence(plan.changes, snapshot),
    ...whoComesFirst(plan.changes, snapshot),
    ...whoConsents(plan.changes, caller),
  ];
}

function whoseAccount(snapshot: Snapshot, { me }: Caller, tenantId: string): readonly Notice[] {
  if (tenantId === personalTenant) {
    return [
      {
        id: 'personal',
        weight: 'doubt',
        sentence: text(
          'This is a personal Microsoft account, which has no tenant. Sign in with a work account.',
        ),
      },
    ];
  }
  const principal = valueOf(snapshot.servicePrincipal);
  const owner = principal?.appOwnerOrganizationId ?? tenantId;
  return [
    ...(owner === tenantId
      ? []
      : [
          {
            id: 'otherTenant',
            weight: 'doubt',
            sentence: text(
              'The application belongs to another tenant ({0}); this one only has a copy of it. Change it there, or create one here.',
              owner,
            ),
          } as const,
        ]),
    ...(valueOf(me)?.guest === true
      ? [
          {
            id: 'guest',
            weight: 'note',
            sentence: text(
              'You are a guest in this tenant. What you change here is this tenant’s, not that of your own organization.',
            ),
          } as const,
        ]
      : []),
  ];
}

function whichRole(changes: readonly Change[], snapshot: Snapshot, caller: Caller): readonly Notice[] {
  const active = valueOf(caller.activeRoles);
  if (active === undefined) return [];
  const held = new Set(active.map(({ roleTemplateId }) => roleTemplateId));
  const needs = [...new Set(changes.flatMap(({ scopes }) => scopes))].flatMap((scope) => {
    const any = rolesFor[scope];
    return any === undefined || any.some((role) => held.has(role)) ? [] : [any];
  });
  if (needs.length === 0) return [];
  // Whoever may do the rarest of them may do the rest: every list holds the application roles.
  const enough = (role: string): boolean => needs.every((any) => any.includes(role));
  const eligible = (valueOf(caller.eligibleRoles) ?? []).filter(({ roleTemplateId }) =>
    enough(roleTemplateId),
  );
  const link = `${snapshot.cloud.portal}/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/aadmigratedroles`;
  if (eligible[0] !== undefined) {
    return [
      {
        id: 'eligible',
        weight: 'doubt',
        sentence: text(
          'You have no active role that may make these changes. You may activate {0}; do so, then apply again.',
          eligible[0].displayName,
        ),
        link,
      },
    ];
  }
  return [
    {
      id: 'role',
      weight: 'doubt',
      ...(caller.eligibleRoles.known
        ? {
            sentence: text(
              'You have no active role that may make these changes. Ask for Cloud Application Administrator, or let someone who has it apply them.',
            ),
          }
        : {
            sentence: text(
              'You have no active role that may make these changes. Activate one if you may, or ask for Cloud Application Administrator.',
            ),
            link,
          }),
    },
  ];
}

function whichLicence(changes: readonly Change[], snapshot: Snapshot): readonly Notice[] {
  const organization = valueOf(snapshot.organization);
  return !assigns(changes) || organization?.premium !== false
    ? []
    : [
        {
          id: 'licence',
          weight: 'doubt',
          sentence: text(
            'The tenant has no Entra ID P1 or P2. Without it an assigned group lets nobody in and nobody of it is provisioned.',
          ),
        },
      ];
}

/** Where nobody can be pushed alone, the first group decides whether a wrong external ID reaches one person or all. */
function whoComesFirst(changes: readonly Change[], snapshot: Snapshot): readonly Notice[] {
  return !assigns(changes) || !lacksOnDemand(snapshot.cloud) || firstArrived(snapshot).status === 'met'
    ? []
    : [{ id: 'oneFirst', weight: 'note', sentence: oneFirst }];
}

function assigns(changes: readonly Change[]): boolean {
  return changes.some(({ request }) =>
    (request.kind === 'graph' ? request.path : request.outline).endsWith('/appRoleAssignedTo'),
  );
}

function whoConsents(changes: readonly Change[], { userConsent }: Caller): readonly Notice[] {
  const consents = changes.some(({ scopes }) => scopes.includes('DelegatedPermissionGrant.ReadWrite.All'));
  return !consents || valueOf(userConsent) !== false
    ? []
    : [
        {
          id: 'userConsent',
          weight: 'note',
          sentence: text(
            'People of this tenant may not consent for themselves, so the consent for everyone is needed here.',
          ),
        },
      ];
}
