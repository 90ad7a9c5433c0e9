import type { AccountPlan } from './organizations/organization.ts';

/** Who can sign in to the sandbox, with which directory role. The passwords open nothing but the sandbox. */
export const accounts: readonly AccountPlan[] = [
  { name: 'ada', password: 'Analytical-Engine-1843', roles: ['Global Administrator'] },
  { name: 'grace', password: 'First-Compiler-1952', roles: ['Application Administrator'] },
  { name: 'alan', password: 'Imitation-Game-1950', roles: ['Cloud Application Administrator'] },
  { name: 'katherine', password: 'Friendship-Seven-1962', roles: ['Global Reader'] },
  { name: 'dennis', password: 'Hello-World-1972', roles: [] },
  {
    name: 'margaret',
    password: 'Apollo-Guidance-1969',
    roles: [],
    eligibleRoles: ['Application Administrator'],
  },
  // A guest, who signs in by their own address.
  { name: 'linus', password: 'Just-For-Fun-1991', roles: [] },
];
