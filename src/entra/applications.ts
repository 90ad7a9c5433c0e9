import * as v from 'valibot';
import type { Application } from '../guide/snapshot.ts';
import type { GraphRead } from './read.ts';
import { literal, orEmpty, orNull, parsed, parsedList } from './parse.ts';

const nullableText = v.nullable(v.string());
const redirects = v.nullish(v.looseObject({ redirectUris: orEmpty(v.string()) }), () => ({
  redirectUris: [],
}));

// Loose all through: a PATCH has to send each scope back with every property that it was read with.
const application = v.looseObject({
  id: v.string(),
  appId: v.string(),
  displayName: v.nullish(v.string(), ''),
  applicationTemplateId: orNull(v.string()),
  createdDateTime: orNull(v.string()),
  identifierUris: orEmpty(v.string()),
  api: v.looseObject({
    requestedAccessTokenVersion: orNull(v.number()),
    oauth2PermissionScopes: orEmpty(
      v.looseObject({
        id: v.string(),
        value: nullableText,
        type: nullableText,
        isEnabled: v.boolean(),
        adminConsentDisplayName: orNull(v.string()),
        adminConsentDescription: orNull(v.string()),
        userConsentDisplayName: v.exactOptional(nullableText),
        userConsentDescription: v.exactOptional(nullableText),
      }),
    ),
  }),
  publicClient: redirects,
  web: redirects,
  spa: redirects,
});

const select =
  '$select=id,appId,displayName,applicationTemplateId,createdDateTime,identifierUris,api,publicClient,web,spa';
const scopes = ['Application.Read.All'];

/** One application by object id; `undefined` when it is not there (Microsoft Graph: Get application). */
export function applicationById(id: string): GraphRead<Application | undefined> {
  return {
    path: `/applications/${encodeURIComponent(id)}?${select}`,
    scopes,
    parse: parsed(application),
    whenNotFound: undefined,
  };
}

/** One application by application (client) ID; `undefined` when the tenant has none of that ID. */
export function applicationByAppId(appId: string): GraphRead<Application | undefined> {
  const parse = parsedList(application);
  return {
    path: `/applications?$filter=appId%20eq%20${literal(appId)}&${select}`,
    scopes,
    parse: (body) => parse(body)[0],
  };
}

/** Applications made from a template, all or those of exactly one display name (names aren't unique). */
export function applicationsFromTemplate(
  templateId: string,
  displayName?: string,
): GraphRead<readonly Application[]> {
  const named = displayName === undefined ? '' : `%20and%20displayName%20eq%20${literal(displayName)}`;
  return list(`applicationTemplateId%20eq%20${literal(templateId)}${named}`);
}

/** Applications whose display name starts so, wherever they were made. */
export function applicationsByNameStart(start: string): GraphRead<readonly Application[]> {
  return list(`startswith(displayName,${literal(start)})`);
}

/** Applications of exactly this display name, wherever they were made. */
export function applicationsByName(displayName: string): GraphRead<readonly Application[]> {
  return list(`displayName%20eq%20${literal(displayName)}`);
}

function list(filter: string): GraphRead<readonly Application[]> {
  return {
    path: `/applications?$filter=${filter}&${select}&$top=100`,
    scopes,
    allPages: true,
    parse: parsedList(application),
  };
}
