import { accounts } from '../accounts.ts';
import { groups } from '../groups.ts';
import { people } from '../people.ts';
import type { Organization } from './organization.ts';

/** The organization of every sandbox that is not told another. */
export const contoso: Organization = {
  displayName: 'Contoso',
  key: '',
  domain: 'contoso.com',
  initialDomain: 'contoso.onmicrosoft.com',
  people,
  groups,
  accounts,
};
