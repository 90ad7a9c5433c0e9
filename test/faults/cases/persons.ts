import type { Fault, Step } from '../fault.ts';

const user = (name: string, body: unknown): Step => ({ graph: 'PATCH', path: `/users/{user:${name}}`, body });
const block = (conditions: object, controls: readonly string[] = ['block']): Step => ({
  graph: 'POST',
  path: '/identity/conditionalAccess/policies',
  body: {
    displayName: 'Block Kiro',
    state: 'enabled',
    conditions: { applications: { includeApplications: ['{appId}'] }, ...conditions },
    grantControls: { operator: 'OR', builtInControls: controls },
  },
});

/** What keeps one person out of a set-up that is right for the others. */
export const personFaults: readonly Fault[] = [
  {
    name: 'account disabled',
    broken: [user('grace', { accountEnabled: false })],
    cause: 'person.enabled',
  },
  {
    name: 'in no assigned group',
    broken: [],
    person: 'alan@contoso.com',
    cause: 'person.assignment',
  },
  {
    name: 'only in a group inside the assigned one',
    broken: [
      {
        graph: 'POST',
        path: '/servicePrincipals/{sp}/appRoleAssignedTo',
        body: {
          principalId: '{group:Engineering}',
          resourceId: '{sp}',
          appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f',
        },
      },
      'cycle',
    ],
    cause: 'person.assignment',
  },
  {
    name: 'no such account in the tenant',
    broken: [],
    person: 'nobody@contoso.com',
    cause: 'person.account',
  },
  {
    name: 'address of a domain that the profile lacks',
    broken: [],
    person: 'linus@fabrikam.com',
    cause: 'person.domain',
  },
  {
    name: 'Conditional Access blocks everybody',
    broken: [block({ users: { includeUsers: ['All'] } })],
    cause: 'person.conditionalAccess',
  },
  {
    name: 'Conditional Access blocks the group',
    broken: [block({ users: { includeGroups: ['{group:Kiro users}'] } })],
    cause: 'person.conditionalAccess',
  },
  {
    name: 'group deleted in Kiro',
    broken: [{ scim: 'DELETE', path: '/Groups/{kiroGroup:Kiro users}' }, { minutes: 120 }],
    cause: 'person.kiroGroup',
  },
  {
    name: 'no Entra ID P1, so the group lets nobody in',
    from: { premium: false },
    broken: [],
    cause: 'person.licence',
  },
];
