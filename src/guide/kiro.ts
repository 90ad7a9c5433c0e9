/**
 * What Kiro asks for, as constants. Source unless another is named: Kiro's guide "Connect your Microsoft Entra ID IdP"
 * (page of 5 June 2026).
 */

/** The guide's example name for the application. */
export const defaultDisplayName = 'Kiro-Entra';

/** Both are needed: completions for inline suggestions, conversations for chat. */
export const kiroScopes = ['codewhisperer:completions', 'codewhisperer:conversations'] as const;
export type KiroScope = (typeof kiroScopes)[number];

export const kiroRedirectUri = 'kiro://kiro.oauth/callback';
export const localhostRedirectUri = 'http://localhost/oauth/callback';
export const redirectUris = [kiroRedirectUri, localhostRedirectUri] as const;

/** Stood in the guide until mid-2026 by mistake (kirodotdev/Kiro issue 6087). */
export const mistypedRedirectUri = 'kiro://kiro.auth/callback';

/**
 * Whether the address differs from Kiro's localhost redirect URI by its port only. Entra ignores the port of localhost and
 * says not to register several that differ by it (Microsoft identity platform: redirect URI restrictions).
 */
export function isPortDuplicate(uri: string): boolean {
  return /^http:\/\/localhost:\d+\/oauth\/callback$/.test(uri);
}

/** Kiro's sign-in asks for `api://<application id>/<scope>`, so no friendlier URI works. */
export function identifierUriOf(appId: string): string {
  return `api://${appId}`;
}

/** What Kiro's clients ask Entra for, in their order (observed by third parties; not documented by Kiro). */
export function signInScope(appId: string): string {
  const uri = identifierUriOf(appId);
  return `${uri}/codewhisperer:conversations ${uri}/codewhisperer:completions offline_access`;
}

/** Loopback ports that Kiro's clients try, in this order (Kiro's guide for Okta). Entra ignores the port. */
export const kiroLoopbackPorts = [3128, 4649, 6588, 8008, 9091, 49153, 50153, 51153, 52153, 53153] as const;

/** Path of {@link localhostRedirectUri}. */
export const kiroSignInPath = '/oauth/callback';

export const accessTokenVersion = 2;

export const maxDomains = 10;
export const maxScimTokens = 2;
export const recordPrefix = 'kiro-app-1';
export const verificationPrefix = 'kiro-site-verification=';
export const scimRegions = ['us-east-1', 'eu-central-1'] as const;
export type KiroRegion = (typeof scimRegions)[number];

/** Values that Kiro takes as `externalId` (kirodotdev/Kiro issue 10711). */
export const externalIdPattern = /^[a-zA-Z0-9-]+$/;

export const externalIdAttribute = 'externalId';
/** Provisioning's name for the object id, the guide's source for `externalId`. */
export const objectIdSource = 'objectId';

/** "The only three mappings Kiro requires." */
export const requiredAttributes = ['userName', 'externalId', 'active'] as const;

/** Not demanded by the guide, but without them people show up as GUIDs in Kiro (kirodotdev/Kiro issue 7450). */
export const namingAttributes = [
  'displayName',
  'name.givenName',
  'name.familyName',
  'emails[type eq "work"].value',
] as const;

/** Provisioning fails while one of these is mapped. */
export const unsupportedAttributes = [
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager',
  'phoneNumbers[type eq "work"].value',
  'phoneNumbers[type eq "mobile"].value',
  'phoneNumbers[type eq "fax"].value',
] as const;

const minute = 60_000;
const hour = 60 * minute;

/** A verification value has to stand in DNS within this time of adding the domain, in milliseconds. */
export const verificationLifetime = 24 * hour;
/** Entra pushes changes about this often, in milliseconds. */
export const entraCycle = 40 * minute;
/** Entra disables a job that was in quarantine for so long, in milliseconds (Microsoft Entra: quarantine status). */
export const quarantineLasts = 28 * 24 * hour;
/** Kiro makes seats this often, in milliseconds. */
export const kiroCycle = 6 * hour;
/** "Allow up to 6 hours 40 minutes", in milliseconds. */
export const untilSeat = entraCycle + kiroCycle;

/** Members of a group that one on-demand call may name (Microsoft Graph: synchronizationJob: provisionOnDemand). */
export const onDemandMembers = 5;
/** On-demand calls that Entra takes within a time, in milliseconds (the same page). */
export const onDemandRate = { calls: 5, within: 10_000 } as const;

/** Template id of provisioning for a non-gallery application (Microsoft Entra: SCIM compatibility). */
export const synchronizationTemplateId = 'scim';

/** The app role that assigned people get; its id is read from the service principal. */
export const userRoleName = 'User';

/**
 * Names that start like this are temporary: an application gets its real name only when its creation is certain, because
 * creating can answer "not found" and yet have created (Microsoft Graph: applicationTemplate: instantiate).
 */
export const temporaryNamePrefix = 'Kiro Connect setup ';
