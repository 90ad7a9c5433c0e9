import type { GroupPlan } from '../groups.ts';
import type { Person } from '../people.ts';
import { contoso } from './contoso.ts';
import type { Organization } from './organization.ts';

/** Contoso's consultant: at home there, a guest in the tenants of both customers. */
const consultant = 'evelyn';
const consultantPassword = 'Orbit-Computation-1956';
const guest: Person = {
  givenName: 'Evelyn',
  surname: 'Granville',
  name: consultant,
  mailNickname: 'evelyn_contoso.com#EXT#',
  jobTitle: 'Consultant',
  department: null,
  guestOf: 'evelyn@contoso.com',
};

/** Contoso as a managed service provider: one more person, who works in other organizations' tenants. */
export const provider: Organization = {
  ...contoso,
  people: [
    ...contoso.people,
    {
      givenName: 'Evelyn',
      surname: 'Granville',
      name: consultant,
      mailNickname: consultant,
      jobTitle: 'Consultant',
      department: 'Managed services',
      manager: 'ada',
    },
  ],
  accounts: [
    ...contoso.accounts,
    { name: consultant, password: consultantPassword, roles: ['Application Administrator'] },
  ],
};

/** Two organizations whose tenants Contoso looks after; each has an administrator of its own. */
export const managed: readonly Organization[] = [
  organization({
    displayName: 'Northwind Traders',
    key: 'northwindtraders',
    admin: { name: 'edith', password: 'Filter-Theory-1921' },
    people: [
      ['edith', 'Edith', 'Clarke', 'Head of IT'],
      ['claude', 'Claude', 'Shannon', 'Software engineer'],
      ['harry', 'Harry', 'Nyquist', 'Software engineer'],
      ['thelma', 'Thelma', 'Estrin', 'Software engineer'],
      ['ida', 'Ida', 'Rhodes', 'Data engineer'],
      ['vannevar', 'Vannevar', 'Bush', 'Director'],
    ],
  }),
  organization({
    displayName: 'Adatum',
    key: 'adatum',
    admin: { name: 'sister.mary', password: 'Kenneth-Keller-1965' },
    people: [
      ['sister.mary', 'Mary', 'Keller', 'Head of IT'],
      ['konrad', 'Konrad', 'Zuse', 'Software engineer'],
      ['stephanie', 'Stephanie', 'Shirley', 'Software engineer'],
      ['tommy', 'Tommy', 'Flowers', 'Software engineer'],
      ['erna', 'Erna', 'Hoover', 'Software engineer'],
      ['maurice', 'Maurice', 'Wilkes', 'Director'],
    ],
  }),
];

function organization(plan: {
  readonly displayName: string;
  readonly key: string;
  readonly admin: { readonly name: string; readonly password: string };
  readonly people: readonly (readonly [name: string, givenName: string, surname: string, jobTitle: string])[];
}): Organization {
  const { displayName, key, admin } = plan;
  const kiroUsers: GroupPlan = {
    displayName: 'Kiro users',
    description: 'People who write code with Kiro',
    mailNickname: 'kirousers',
    kind: 'security',
    members: plan.people.flatMap(([name, , , jobTitle]) => (jobTitle.endsWith('engineer') ? [name] : [])),
  };
  return {
    displayName,
    key,
    domain: `${key}.com`,
    initialDomain: `${key}.onmicrosoft.com`,
    people: [
      ...plan.people.map(([name, givenName, surname, jobTitle]) => ({
        name,
        givenName,
        surname,
        jobTitle,
        mailNickname: name,
        department: 'Technology',
      })),
      guest,
    ],
    groups: [
      kiroUsers,
      {
        displayName: 'Everybody',
        description: 'The whole company',
        mailNickname: 'everybody',
        kind: 'security',
        members: plan.people.map(([name]) => name),
      },
    ],
    accounts: [
      { ...admin, roles: ['Global Administrator'] },
      { name: consultant, password: consultantPassword, roles: ['Application Administrator'] },
    ],
  };
}
