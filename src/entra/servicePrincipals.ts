import * as v from 'valibot';
import type { ServicePrincipal } from '../guide/snapshot.ts';
import type { GraphRead } from './read.ts';
import { literal, orEmpty, orNull, parsed, parsedList } from './parse.ts';

const servicePrincipal = v.looseObject({
  id: v.string(),
  appId: v.string(),
  displayName: v.nullish(v.string(), ''),
  accountEnabled: v.nullish(v.boolean(), true),
  appRoleAssignmentRequired: v.nullish(v.boolean(), false),
  applicationTemplateId: orNull(v.string()),
  appOwnerOrganizationId: orNull(v.string()),
  appRoles: orEmpty(
    v.looseObject({
      id: v.string(),
      displayName: v.nullish(v.string(), ''),
      isEnabled: v.boolean(),
      allowedMemberTypes: orEmpty(v.string()),
    }),
  ),
});

const select =
  '$select=id,appId,displayName,accountEnabled,appRoleAssignmentRequired,applicationTemplateId,appOwnerOrganizationId,appRoles';
const scopes = ['Application.Read.All'];

/** One service principal by object id; `undefined` when it is not there (Microsoft Graph: Get servicePrincipal). */
export function servicePrincipalById(id: string): GraphRead<ServicePrincipal | undefined> {
  return {
    path: `/servicePrincipals/${encodeURIComponent(id)}?${select}`,
    scopes,
    parse: parsed(servicePrincipal),
    whenNotFound: undefined,
  };
}

/** The service principal of an application in this tenant; `undefined` when it has none. */
export function servicePrincipalByAppId(appId: string): GraphRead<ServicePrincipal | undefined> {
  const parse = parsedList(servicePrincipal);
  return {
    path: `/servicePrincipals?$filter=appId%20eq%20${literal(appId)}&${select}`,
    scopes,
    parse: (body) => parse(body)[0],
  };
}

/** Delegated permissions that a resource of this tenant offers: permission name to id. */
export function delegatedPermissionIds(appId: string): GraphRead<ReadonlyMap<string, string>> {
  const parse = parsedList(
    v.looseObject({
      oauth2PermissionScopes: orEmpty(v.looseObject({ id: v.string(), value: orNull(v.string()) })),
    }),
  );
  return {
    path: `/servicePrincipals?$filter=appId%20eq%20${literal(appId)}&$select=id,oauth2PermissionScopes`,
    scopes,
    parse: (body) =>
      new Map(
        parse(body)
          .flatMap((principal) => principal.oauth2PermissionScopes)
          .flatMap(({ id, value }) => (value === null ? [] : [[value, id] as const])),
      ),
  };
}
