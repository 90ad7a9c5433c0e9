import type { Fault, Step } from '../fault.ts';

const patch = (body: unknown): Step => ({ graph: 'PATCH', path: '/applications/{app}', body });

/** Step 1 of the guide: the application itself. */
export const applicationFaults: readonly Fault[] = [
  {
    name: 'nothing was made yet',
    from: { preset: 'blank' },
    broken: [],
    cause: 'application.exists',
  },
  {
    name: 'application made under App registrations',
    from: { preset: 'app-registration' },
    broken: [],
    cause: 'application.template',
  },
  {
    name: 'application deleted',
    broken: [{ graph: 'DELETE', path: '/applications/{app}' }],
    cause: 'application.exists',
  },
  {
    name: 'sign-in to the enterprise application switched off',
    broken: [{ graph: 'PATCH', path: '/servicePrincipals/{sp}', body: { accountEnabled: false } }],
    cause: 'application.exists',
  },
  {
    name: 'creation interrupted before the application got its name',
    broken: [patch({ displayName: 'Kiro Connect setup 1b2c' })],
    cause: 'application.displayName',
  },
];
