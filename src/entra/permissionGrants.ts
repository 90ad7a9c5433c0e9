import * as v from 'valibot';
import type { OAuth2PermissionGrant } from '../guide/snapshot.ts';
import type { GraphRead } from './read.ts';
import { literal, parsedList } from './parse.ts';

const grant = v.looseObject({
  id: v.string(),
  clientId: v.string(),
  consentType: v.string(),
  resourceId: v.string(),
  scope: v.nullish(v.string(), ''),
});

/** Delegated grants that a service principal has as a client (Microsoft Graph: List oauth2PermissionGrants). */
export function permissionGrantsOf(servicePrincipalId: string): GraphRead<readonly OAuth2PermissionGrant[]> {
  return {
    path: `/oauth2PermissionGrants?$filter=clientId%20eq%20${literal(servicePrincipalId)}`,
    scopes: ['DelegatedPermissionGrant.Read.All'],
    allPages: true,
    parse: parsedList(grant),
  };
}
