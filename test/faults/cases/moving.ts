import type { Fault, Step } from '../fault.ts';

const assign = (kind: 'user' | 'group', name: string): Step => ({
  graph: 'POST',
  path: '/servicePrincipals/{sp}/appRoleAssignedTo',
  body: {
    principalId: `{${kind}:${name}}`,
    resourceId: '{sp}',
    appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f',
  },
});

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
];
