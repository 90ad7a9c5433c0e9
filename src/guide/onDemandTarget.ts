import type { DirectoryMember } from './snapshot.ts';

/** Somebody who is provisioned, as the admin knows them. */
export type OnDemandPerson = Pick<DirectoryMember, 'id' | 'displayName' | 'userPrincipalName'>;

/** Whom to provision now: one person, or everybody in an assigned group. */
export type OnDemandTarget =
  | { readonly kind: 'person'; readonly person: OnDemandPerson }
  | { readonly kind: 'group'; readonly group: { readonly id: string; readonly displayName: string } };
