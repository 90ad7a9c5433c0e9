import type { Fault, Step } from '../fault.ts';

const add = (name: string): Step => ({ kiro: 'domains', fields: { name } });

/** Step 3 of the guide, but for what stands in DNS. */
export const profileFaults: readonly Fault[] = [
  {
    name: 'Kiro profile deleted',
    broken: [{ kiro: 'delete-profile' }],
    cause: 'profile.created',
  },
  {
    name: 'no domain in the profile',
    broken: [{ kiro: 'remove-domain', fields: { name: 'contoso.com' } }],
    cause: 'profile.domains',
  },
  {
    name: 'private domain',
    broken: [add('kiro.corp.local')],
    cause: 'dns.noSuchDomain',
  },
  {
    name: 'verification value expired',
    broken: [add('contoso.dev'), { minutes: 25 * 60 }],
    cause: 'profile.domain.verified',
  },
];
