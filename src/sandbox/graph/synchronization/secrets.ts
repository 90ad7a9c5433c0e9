import { badRequest, GraphError } from '../errors.ts';
import { isJson } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';

export interface Secret {
  key: string;
  value: string;
}

/** Keys of `synchronizationSecret`: a closed list (Microsoft Graph metadata). */
const keys = new Set(
  (
    'None UserName Password SecretToken AppKey BaseAddress ClientIdentifier ClientSecret SingleSignOnType Sandbox Url ' +
    'Domain ConsumerKey ConsumerSecret TokenKey TokenExpiration Oauth2AccessToken Oauth2AccessTokenCreationTime ' +
    'Oauth2RefreshToken SyncAll InstanceName Oauth2ClientId Oauth2ClientSecret CompanyId UpdateKeyOnSoftDelete ' +
    'SynchronizationSchedule SystemOfRecord SandboxName EnforceDomain SyncNotificationSettings SkipOutOfScopeDeletions ' +
    'Oauth2AuthorizationCode Oauth2RedirectUri ApplicationTemplateIdentifier Oauth2TokenExchangeUri ' +
    'Oauth2AuthorizationUri AuthenticationType Server PerformInboundEntitlementGrants HardDeletesEnabled ' +
    'SyncAgentCompatibilityKey SyncAgentADContainer ValidateDomain TestReferences ConnectionString'
  ).split(' '),
);

/** Keys whose value is never answered. */
const masked = new Set(
  (
    'Password SecretToken AppKey ClientSecret ConsumerSecret TokenKey Oauth2AccessToken Oauth2RefreshToken ' +
    'Oauth2ClientSecret Oauth2AuthorizationCode ConnectionString'
  ).split(' '),
);

/** Secrets as a reader sees them. */
export function maskedSecrets(secrets: readonly Secret[]): Secret[] {
  return secrets.map(({ key, value }) => ({ key, value: masked.has(key) ? '*' : value }));
}

/** 500 for a key that isn't of the list, as the service's own parser answers. */
export function checkKey(key: string): void {
  if (!keys.has(key)) throw new GraphError(500, 'InternalError', `Requested value '${key}' was not found.`);
}

/**
 * What a PUT stores: exactly the pairs that it names, nothing of before, `*` included. An empty value removes its key,
 * save for SyncNotificationSettings, which must be JSON in a string.
 */
export function replacedSecrets(body: Json): Secret[] {
  const pairs = body['value'];
  if (!Array.isArray(pairs))
    throw badRequest(
      'The secrets must be given as a collection named value.',
      'RequestMissingRequiredParameter',
    );
  return pairs
    .map((pair: unknown) => {
      if (!isJson(pair) || typeof pair['key'] !== 'string' || typeof pair['value'] !== 'string')
        throw badRequest('Each secret needs key and value, both strings.', 'BadRequest');
      const { key, value } = pair;
      checkKey(key);
      if (key === 'SyncNotificationSettings') checkNotificationSettings(value);
      return { key, value };
    })
    .filter(({ value }) => value !== '');
}

function checkNotificationSettings(value: string): void {
  try {
    if (isJson(JSON.parse(value))) return;
  } catch {
    // Falls through to the refusal.
  }
  throw badRequest(
    JSON.stringify({
      code: 'InvalidNotificationSettings',
      message: 'The notification settings are not valid.',
    }),
    'UnknownError',
  );
}
