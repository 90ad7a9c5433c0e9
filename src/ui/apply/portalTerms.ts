import type { Json } from '../../guide/change.ts';
import { text } from '../../guide/text.ts';
import type { Text } from '../../guide/text.ts';

type Fields = Readonly<Record<string, Json | undefined>>;

/** How the Microsoft Entra admin center calls what Microsoft Graph calls otherwise. */
const labels: Readonly<Record<string, Text>> = {
  displayName: text('Name'),
  kind: text('Made as'),
  identifierUris: text('Application ID URI'),
  requestedAccessTokenVersion: text('Access token version'),
  adminConsentDisplayName: text('Admin consent display name'),
  adminConsentDescription: text('Admin consent description'),
  userConsentDisplayName: text('User consent display name'),
  userConsentDescription: text('User consent description'),
  tenantUrl: text('Tenant URL'),
  secretToken: text('Secret token'),
  scope: text('Scope'),
  provisioningMode: text('Provisioning mode'),
  provisioningStatus: text('Provisioning status'),
  template: text('Provisioning template'),
  state: text('State'),
  group: text('Group'),
  member: text('Member'),
  role: text('Role'),
  person: text('Person'),
  User: text('Provision Microsoft Entra ID users'),
  Group: text('Provision Microsoft Entra ID groups'),
  enabled: text('Enabled'),
};

const platforms: Readonly<Record<string, Text>> = {
  publicClient: text('Redirect URIs, mobile and desktop applications'),
  web: text('Redirect URIs, web'),
  spa: text('Redirect URIs, single-page application'),
};

/** What a change was or will be, in the words of the admin center's pages. Names of attributes and scopes stay as they are. */
export function inPortalTerms(value: Json, write: (text: Text) => string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => inPortalTerms(item, write));
  if (!isFields(value)) return scalar(value, write);
  if ('consentType' in value) return consent(value, write);
  return Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => field(key, entry, write)));
}

type Entry = readonly [string, Json];

function field(key: string, value: Json | undefined, write: (text: Text) => string): readonly Entry[] {
  if (value === undefined) return [];
  const platform = platforms[key];
  if (platform && isFields(value)) return [[write(platform), value['redirectUris'] ?? null]];
  if (key === 'oauth2PermissionScopes' && Array.isArray(value))
    return [[write(text('Scopes defined by this API')), scopes(value, write)]];
  // The admin center has no page of this name: what is in it stands for itself.
  if ((key === 'api' || key === 'attributes') && isFields(value))
    return Object.entries(value).flatMap(([name, entry]) => field(name, entry, write));
  if (key === 'requestedAccessTokenVersion' && value === null)
    return [
      [write(labels['requestedAccessTokenVersion'] ?? text('')), write(text('not set, which means 1'))],
    ];
  if (key === 'secretToken' && value === '*')
    return [[write(labels['secretToken'] ?? text('')), write(text('stored, never shown'))]];
  const label = labels[key];
  return [[label ? write(label) : key, inPortalTerms(value, write)]];
}

function scopes(list: readonly Json[], write: (text: Text) => string): Json {
  return Object.fromEntries(
    list.filter(isFields).map((scope) => {
      const { value } = scope;
      return [typeof value === 'string' ? value : '', scopeFields(scope, write)];
    }),
  );
}

/** The admin center's form of a scope shows neither its id nor its origin. */
function scopeFields({ type, isEnabled, ...rest }: Fields, write: (text: Text) => string): Json {
  const texts = Object.entries(rest).filter(([key]) => /^(admin|user)Consent/.test(key));
  return {
    [write(text('Who can consent'))]: write(
      type === 'Admin' ? text('Admins only') : text('Admins and users'),
    ),
    ...Object.fromEntries(texts.flatMap(([key, value]) => field(key, value, write))),
    [write(text('State'))]: write(isEnabled === true ? text('Enabled') : text('Disabled')),
  };
}

function consent({ scope }: Fields, write: (text: Text) => string): Json {
  const granted = typeof scope === 'string' ? scope.split(' ').filter((part) => part !== '') : [];
  return { [write(text('Admin consent for everyone'))]: granted };
}

function scalar(value: Json, write: (text: Text) => string): Json {
  if (typeof value === 'boolean') return write(value ? text('Yes') : text('No'));
  // An attribute of the directory stands in brackets in the mapping's expressions.
  return typeof value === 'string' ? value.replace(/^\[(\w+)\]$/, '$1') : value;
}

function isFields(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
