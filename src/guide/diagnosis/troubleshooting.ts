import { text, type Text } from '../text.ts';

/** One row of the guide's table "Troubleshooting", tied to the requirement that detects it. */
export interface TroubleshootingRow {
  readonly missedStep: Text;
  readonly manifestsAs: Text;
  readonly fix: Text;
  /** Ids of requirements; for a domain, with `*` in the place of its name. */
  readonly requirements: readonly string[];
}

/** Where the guide's own cure is known to be wrong, the row says what helps instead. */
export const troubleshooting: readonly TroubleshootingRow[] = [
  {
    missedStep: text('Access token version not set to 2'),
    manifestsAs: text('After sign-in, Kiro’s calls fail with authorization errors.'),
    fix: text('Apply the access token version in step 2; people sign in again.'),
    requirements: ['configuration.tokenVersion'],
  },
  {
    missedStep: text('Scopes not set under Expose an API'),
    manifestsAs: text('The sign-in page shows an error.'),
    fix: text('Apply the scopes in step 2; both are needed.'),
    requirements: ['configuration.scopes', 'configuration.identifierUri'],
  },
  {
    missedStep: text('externalId not mapped from objectId'),
    manifestsAs: text('After sign-in people have no subscription, and calls fail.'),
    // The guide says to delete all subscriptions and provision again; Kiro keeps the external ID all the same (issue 9582).
    fix: text(
      'Apply the mapping in step 4 before anyone is provisioned. Who is in Kiro under another external ID needs a repair of their record.',
    ),
    requirements: ['provisioning.mapping.externalId', 'people.externalIds'],
  },
  {
    missedStep: text('Redirect URIs not set'),
    manifestsAs: text('Sign-in ends on an error page.'),
    // The guide points to a list of ports; Entra ignores the port of localhost.
    fix: text('Apply the redirect URIs in step 2. One address without a port is enough for localhost.'),
    requirements: ['configuration.redirectUris'],
  },
  {
    missedStep: text('Not provisioned on demand'),
    manifestsAs: text('People and groups do not appear in the Kiro console.'),
    fix: text('Wait for the next cycle, up to 40 minutes, or provision on demand in step 5.'),
    requirements: ['people.firstArrived', 'people.jobRunning', 'people.arrived'],
  },
  {
    missedStep: text('Profile deleted and made again with the same application'),
    manifestsAs: text('Group membership does not reach Kiro.'),
    fix: text(
      'Enter endpoint and token of the new profile, apply step 4, and restart provisioning from the beginning.',
    ),
    requirements: ['provisioning.credentials', 'provisioning.secrets', 'people.arrived'],
  },
  {
    missedStep: text('Private or internal domain'),
    manifestsAs: text('The domain stays pending and is never verified.'),
    fix: text('Verify a public domain or subdomain, or the public domain of people’s e-mail addresses.'),
    requirements: ['profile.domain.*.record'],
  },
];
