import { seatsGivenAgain } from '../consoleSteps.ts';
import type { Fault, Step } from '../fault.ts';

const unassign: Step = {
  graph: 'DELETE',
  path: '/servicePrincipals/{sp}/appRoleAssignedTo/{assignment:Kiro users}',
};
/** Groups that hold nobody directly, or nobody who may come. */
const assign = (group: string, appRoleId = '18d14569-c3bd-439b-9a66-3a2aee01d14f'): Step => ({
  graph: 'POST',
  path: '/servicePrincipals/{sp}/appRoleAssignedTo',
  body: { principalId: `{group:${group}}`, resourceId: '{sp}', appRoleId },
});
const patchRecord = (name: string, path: string, value: unknown): Step => ({
  scim: 'PATCH',
  path: `/Users/{record:${name}}`,
  body: {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path, value }],
  },
});
const removeMember = (name: string): Step => ({
  graph: 'DELETE',
  path: `/groups/{group:Kiro users}/members/{user:${name}}/$ref`,
});

/** Step 5 of the guide: who is assigned, and who arrived. */
export const peopleFaults: readonly Fault[] = [
  { name: 'no group assigned', broken: [unassign], cause: 'people.groupAssigned', choose: 'Kiro users' },
  {
    name: 'empty group assigned',
    broken: [unassign, assign('New hires')],
    cause: 'people.groupMembers',
  },
  {
    name: 'group that is no security group',
    broken: [
      // Graph lets nobody assign one; a group can cease to be one afterwards.
      async ({ sandbox }) => {
        for (const group of sandbox.state.tenant.groups.values())
          if (group.displayName === 'Kiro users') group.securityEnabled = false;
      },
    ],
    cause: 'people.groupMembers',
  },
  {
    name: 'one person assigned directly',
    from: { preset: 'direct-assignment' },
    broken: [],
    cause: 'people.directAssignments',
  },
  {
    name: 'externalId was mailNickname when people came',
    // Entra takes five calls on demand in ten seconds: of a fast clock.
    from: { preset: 'wrong-external-id', clock: 200 },
    broken: [],
    afterwards: seatsGivenAgain,
    cause: 'people.externalIds',
  },
  {
    name: 'record made in Kiro by somebody else, under another external ID',
    broken: [
      {
        graph: 'POST',
        path: '/groups/{group:Kiro users}/members/$ref',
        body: { '@odata.id': 'https://graph.microsoft.com/v1.0/directoryObjects/{user:alan}' },
      },
      {
        scim: 'POST',
        path: '/Users',
        body: {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName: 'alan@contoso.com',
          externalId: 'a-turing',
          displayName: 'Alan Turing',
          name: { givenName: 'Alan', familyName: 'Turing' },
          active: true,
        },
      },
    ],
    cause: 'people.externalIds',
    afterwards: seatsGivenAgain,
  },
  {
    name: 'group never subscribed in Kiro',
    broken: [{ kiro: 'unsubscribe', fields: { id: '{subscription}' } }],
    cause: 'people.groupSubscription',
    byHand: [
      {
        kiro: 'subscriptions',
        fields: { principalId: '{kiroGroup:Kiro users}', principalType: 'Group', plan: '' },
      },
    ],
  },
  {
    name: 'record deleted in Kiro',
    broken: [{ scim: 'DELETE', path: '/Users/{record:grace}' }, { minutes: 120 }],
    cause: 'person.record',
    afterwards: seatsGivenAgain,
  },
  {
    name: 'record switched off in Kiro',
    broken: [patchRecord('grace', 'active', false), { minutes: 120 }],
    cause: 'person.active',
  },
  {
    name: 'left the group while provisioning stood still, seat kept',
    broken: [
      { graph: 'POST', path: '/servicePrincipals/{sp}/synchronization/jobs/{job}/pause' },
      removeMember('ken'),
    ],
    cause: 'comparison.orphan',
  },
];
