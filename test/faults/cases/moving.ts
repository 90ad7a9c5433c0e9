import type { Fault, Step } from '../fault.ts';

/** An application made under App registrations has no role of its own. */
const defaultAccess = '00000000-0000-0000-0000-000000000000';
const roleUser = '18d14569-c3bd-439b-9a66-3a2aee01d14f';

const assign = (kind: 'user' | 'group', name: string, appRoleId = roleUser): Step => ({
  graph: 'POST',
  path: '/servicePrincipals/{sp}/appRoleAssignedTo',
  body: {
    principalId: `{${kind}:${name}}`,
    resourceId: '{sp}',
    appRoleId,
  },
});

/** Kiro's profile as somebody made it for the application that they had then. */
const profileMade: Step = async ({ carryOut, endpoints: { tenantId } }) =>
  carryOut({ kiro: 'profile', fields: { applicationId: '{appId}', tenantId, region: 'us-east-1' } });

/** People and set-ups that have to be moved, so that nobody loses access on the way. */
export const movingFaults: readonly Fault[] = [
  {
    name: 'two people assigned directly, one of them in the group as well',
    broken: [assign('user', 'alan'), assign('user', 'grace'), 'cycle'],
    cause: 'people.directAssignments',
  },
  {
    name: 'one person assigned directly, and two groups to choose from',
    broken: [assign('group', 'Engineering'), assign('user', 'alan'), 'cycle'],
    cause: 'people.directAssignments',
    choose: 'Engineering',
  },
  {
    name: 'application made under App registrations, with a group and a person assigned and a Kiro profile',
    from: { preset: 'app-registration' },
    broken: [
      profileMade,
      assign('group', 'Kiro users', defaultAccess),
      assign('user', 'alan', defaultAccess),
    ],
    cause: 'application.template',
    // Kiro's profile is made anew with the new application ID.
    byHand: [{ kiro: 'delete-profile' }],
  },
];
