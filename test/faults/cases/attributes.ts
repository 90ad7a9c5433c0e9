import type { Fault, Step } from '../fault.ts';

/** A job title that Kiro's endpoint refuses, in which the person has come into a group since. */
const refusedTitle: Step = async ({ sandbox }) => {
  for (const user of sandbox.state.tenant.users.values())
    if (user.userPrincipalName.startsWith('alan@')) user.jobTitle = 'Lead <platform>';
};

/** Values that Kiro refuses. */
export const attributeFaults: readonly Fault[] = [
  {
    name: 'a value of a mapped attribute that Kiro refuses keeps one person out',
    broken: [
      refusedTitle,
      {
        graph: 'POST',
        path: '/groups/{group:Kiro users}/members/$ref',
        body: { '@odata.id': 'https://graph.microsoft.com/v1.0/directoryObjects/{user:alan}' },
      },
      { minutes: 41 },
    ],
    cause: 'person.push',
  },
];
