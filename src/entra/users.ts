import * as v from 'valibot';
import type { PersonAccount } from '../guide/diagnosis/person.ts';
import { literal, orNull, parsedList } from './parse.ts';
import type { GraphRead } from './read.ts';

const user = v.looseObject({
  id: v.string(),
  displayName: orNull(v.string()),
  userPrincipalName: v.string(),
  mail: orNull(v.string()),
  accountEnabled: orNull(v.boolean()),
  userType: orNull(v.string()),
});

/** As many as somebody would choose from. */
const most = 20;
const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * People by what an admin calls them: an object id, an address (user principal name, e-mail, one of their aliases or
 * other addresses), or the beginning of a name (Microsoft Graph: List users). Twenty at most.
 */
export function usersNamed(typed: string): GraphRead<readonly PersonAccount[]> {
  return read(
    guid.test(typed) ? [`id eq ${literal(typed)}`] : typed.includes('@') ? byAddress(typed) : byName(typed),
  );
}

/** The accounts with these object ids, as far as they are there; fifteen to a read, which is what a filter takes. */
export function usersByIds(ids: readonly string[]): readonly GraphRead<readonly PersonAccount[]>[] {
  return Array.from({ length: Math.ceil(ids.length / 15) }, (_, index) => {
    const some = ids.slice(15 * index, 15 * index + 15);
    return read([`id in (${some.map(literal).join(',')})`]);
  });
}

function byAddress(address: string): readonly string[] {
  return [
    `userPrincipalName eq ${literal(address)}`,
    `mail eq ${literal(address)}`,
    `proxyAddresses/any(a:a eq ${literal(`smtp:${address}`)})`,
    `otherMails/any(a:a eq ${literal(address)})`,
  ];
}

function byName(start: string): readonly string[] {
  return ['displayName', 'givenName', 'surname', 'userPrincipalName'].map(
    (property) => `startswith(${property},${literal(start)})`,
  );
}

function read(alternatives: readonly string[]): GraphRead<readonly PersonAccount[]> {
  const parse = parsedList(user);
  const filter = alternatives.join(' or ').replaceAll(' ', '%20');
  return {
    path: `/users?$filter=${filter}&$top=${most}&$select=id,displayName,userPrincipalName,mail,accountEnabled,userType`,
    scopes: ['User.Read.All'],
    parse: (body) =>
      parse(body).map((one) => ({
        id: one.id,
        displayName: one.displayName ?? one.userPrincipalName,
        userPrincipalName: one.userPrincipalName,
        ...(one.mail !== null && { mail: one.mail }),
        ...(one.accountEnabled !== null && { accountEnabled: one.accountEnabled }),
        guest: one.userType === 'Guest',
      })),
  };
}
