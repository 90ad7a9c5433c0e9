import type { Variation } from './recipe.ts';

/** A set-up that a sandbox can start from. */
export interface Preset {
  /** What is the case, in one line; for people. */
  readonly summary: string;
  /** Absent: no application at all. */
  readonly setUp?: Variation;
}

/**
 * Set-ups by their names for `--preset`: the healthy one, and others that differ from it as told. A new entry is all that a
 * new preset needs, as long as its actions exist (`actions.ts`).
 */
export const catalogue = {
  blank: { summary: 'people and licence, no application' },
  'half-made': {
    summary: 'application from the template, ID URI and one scope; no redirect URI',
    setUp: { until: 'addScopes', instead: { addScopes: 'addOneScope' } },
  },
  'scopes-missing': {
    summary: 'step 2 right but for both scopes and their consent',
    setUp: { until: 'setTokenVersion', without: ['addScopes'] },
  },
  'wrong-token-version': {
    summary: 'step 2 right but for `requestedAccessTokenVersion`',
    setUp: { until: 'consent', without: ['setTokenVersion'] },
  },
  'mapping-mailNickname': {
    summary: 'profile, domain, credentials and a paused job with the template’s mappings; nobody assigned',
    setUp: { until: 'createJob' },
  },
  healthy: {
    summary: 'everything met and in steady state: "Kiro users" is provisioned and has its seats',
    setUp: {},
  },
  quarantine: {
    summary: '"Kiro users" arrived, then the token was revoked: the job is in quarantine',
    setUp: { then: ['revokeTokens', 'runCycle'] },
  },
  'wrong-external-id': {
    summary: 'the job pushed people with `externalId` from `mailNickname`; one was refused for a dot in it',
    setUp: { instead: { correctMappings: 'mapExternalIdFromMailNickname' } },
  },
  'app-registration': {
    summary: 'application made under App registrations, which can’t be provisioned',
    setUp: { until: 'consent', instead: { register: 'registerUnderAppRegistrations' } },
  },
  'direct-assignment': {
    summary: 'all set, and one person assigned directly besides the group',
    setUp: { instead: { assignGroup: ['assignGroup', 'assignAPerson'] } },
  },
  'profile-recreated': {
    summary:
      'the profile was deleted and made again for the same application: the job still names the old endpoint',
    setUp: { then: ['deleteProfile', 'createProfile', 'verifyDomain', 'runCycle'] },
  },
  'profile-recreated-links': {
    summary:
      'the same with the new endpoint and token saved: the job holds links to people who are gone from Kiro',
    setUp: {
      then: ['deleteProfile', 'createProfile', 'verifyDomain', 'saveNewCredentials', 'runCycle'],
    },
  },
} as const satisfies Record<string, Preset>;
