import type { Blocked, Change, Json } from '../change.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type Snapshot, type SynchronizationSecret } from '../snapshot.ts';
import { text } from '../text.ts';
import { credentialRequirement, lacking, savedAddress, tokenPlaceholder } from './credentials.ts';
import { credentialQuarantine, synchronizationPath } from './job.ts';
import { usableEndpoint } from './scimValues.ts';
import { met, unmet, whenKnown, whenServicePrincipal } from './verdicts.ts';

/** One request meets both, because the secrets are replaced as a whole. */
export const secretRequirements: readonly Requirement[] = [
  {
    id: 'provisioning.secrets',
    step: 4,
    title: text('Endpoint and token saved in Entra'),
    why: text('The job uses what is saved in Entra, not what is entered here.'),
    severity: 'required',
    evaluate: saved,
    plan,
  },
  {
    id: 'provisioning.scope',
    step: 4,
    title: text('Scope'),
    why: text('Only assigned people and groups may reach Kiro. Otherwise the whole directory is sent there.'),
    severity: 'required',
    evaluate: scope,
    plan,
  },
];

const see = { action: { kind: 'apply' }, portal: 'provisioning' } as const;

function whenSecrets(
  snapshot: Snapshot,
  judge: (secrets: readonly SynchronizationSecret[]) => Verdict,
): Verdict {
  return whenServicePrincipal(snapshot, () => whenKnown(snapshot.secrets, judge));
}

function valueIn(secrets: readonly SynchronizationSecret[], key: string): string | undefined {
  const value = secrets.find((secret) => secret.key === key)?.value;
  return value === '' ? undefined : value;
}

function saved(snapshot: Snapshot): Verdict {
  return whenSecrets(snapshot, (secrets) => {
    const address = savedAddress(secrets);
    const endpoint = usableEndpoint(snapshot);
    if (address === undefined || address === '' || valueIn(secrets, 'SecretToken') === undefined) {
      return unmet(text('not saved'), text('Entra has no endpoint or no token of Kiro yet.'), {
        remedy: text('Apply saves them once Kiro has accepted them.'),
        ...see,
      });
    }
    if (endpoint !== undefined && address !== endpoint) {
      return unmet(text('another endpoint'), text('Entra sends to {0}, entered is {1}.', address, endpoint), {
        remedy: text('Apply saves the entered one once Kiro has accepted it.'),
        ...see,
      });
    }
    if (enteredAt(snapshot) > (snapshot.journal.savedAt ?? 0)) {
      return unmet(
        text('token not saved yet'),
        text('The token that was entered here has not been saved in Entra; Entra may have an older one.'),
        { remedy: text('Apply saves it once Kiro has accepted it.'), ...see },
      );
    }
    const failedAt = credentialQuarantine(valueOf(snapshot.job));
    if (failedAt !== undefined && failedAt >= (snapshot.journal.savedAt ?? 0)) {
      return unmet(text('refused by Kiro'), text('Kiro refused what is saved in Entra.'), {
        remedy: text('Enter a token that the Kiro console lists; apply saves it once Kiro has accepted it.'),
        ...see,
      });
    }
    return met(text('saved'), text('Entra has the endpoint {0} and a token.', address), {
      portal: 'provisioning',
    });
  });
}

/** When the stored token was entered, epoch milliseconds; 0 while none is. */
function enteredAt({ kept: { scim } }: Snapshot): number {
  return scim?.tokenStored === true ? (scim.tokenEnteredAt ?? 0) : 0;
}

function scope(snapshot: Snapshot): Verdict {
  return whenSecrets(snapshot, (secrets) => {
    const all = valueIn(secrets, 'SyncAll');
    if (all?.toLowerCase() === 'false') {
      return met(text('assigned only'), text('Only assigned people and groups are provisioned.'), {
        portal: 'provisioning',
      });
    }
    return all === undefined
      ? unmet(text('not set'), text('It is not set whether only assigned people are provisioned.'), {
          remedy: text('Apply sets it together with endpoint and token.'),
          ...see,
        })
      : unmet(text('everyone'), text('All people and groups of the tenant are provisioned.'), {
          remedy: text('Apply limits it to assigned people and groups.'),
          ...see,
        });
  });
}

/** Accepted by Graph where none is set; an empty value is refused. */
const noNotifications = JSON.stringify({
  Enabled: false,
  DeleteThresholdEnabled: false,
  HumanResourcesLookaheadQueryEnabled: false,
});

/**
 * The secrets are replaced as a whole, and secret values read back as `*` (Microsoft Graph: add synchronization secrets):
 * so the others are sent as read, the token has to be in hand, and another secret that can't be read stops it.
 */
function plan(snapshot: Snapshot): readonly Change[] | Blocked {
  const principal = valueOf(snapshot.servicePrincipal);
  const secrets = valueOf(snapshot.secrets);
  const endpoint = usableEndpoint(snapshot);
  if (principal === undefined || secrets === undefined) return [];
  const blocked = lacking(snapshot);
  if (blocked !== undefined || endpoint === undefined) return blocked ?? [];
  const masked = secrets.filter(({ key, value }) => key !== 'SecretToken' && value === '*');
  if (masked.length > 0) {
    return {
      blocked: text(
        'Entra keeps another secret for this application that saving would lose: {0}. Save endpoint and token under Provisioning in the admin center.',
        masked.map(({ key }) => key).join(', '),
      ),
    };
  }
  const own = ['BaseAddress', 'SecretToken', 'SyncAll', 'SyncNotificationSettings'];
  const notifications = valueIn(secrets, 'SyncNotificationSettings') ?? noNotifications;
  const value: readonly Json[] = [
    { key: 'BaseAddress', value: endpoint },
    { key: 'SecretToken', value: tokenPlaceholder },
    { key: 'SyncAll', value: 'false' },
    { key: 'SyncNotificationSettings', value: notifications },
    ...secrets.filter(({ key }) => !own.includes(key)).map(({ key, value: read }) => ({ key, value: read })),
  ];
  const path = `${synchronizationPath(principal)}/secrets`;
  const accepted = credentialRequirement.evaluate(snapshot).status === 'met';
  return [
    {
      id: 'provisioning.secrets',
      step: 4,
      meets: ['provisioning.secrets', 'provisioning.scope'],
      title: text('Save endpoint and token in Entra, for assigned people only'),
      why: text('The job sends people to the endpoint with this token.'),
      before: outline(secrets),
      after: outline([
        { key: 'BaseAddress', value: endpoint },
        { key: 'SecretToken', value: '*' },
        { key: 'SyncAll', value: 'false' },
      ]),
      request: accepted
        ? { kind: 'graph', method: 'PUT', path, body: { value } }
        : { kind: 'later', method: 'PUT', outline: path },
      notUndoable: text('Entra never gives the old token back, so it can’t be put back.'),
      risk: 'low',
      scopes: ['Synchronization.ReadWrite.All'],
    },
  ];
}

/** As the portal names them; a token is never shown. */
function outline(secrets: readonly SynchronizationSecret[]): Json {
  return {
    tenantUrl: valueIn(secrets, 'BaseAddress') ?? null,
    secretToken: valueIn(secrets, 'SecretToken') === undefined ? null : '*',
    scope: valueIn(secrets, 'SyncAll')?.toLowerCase() === 'false' ? 'Assigned users and groups' : null,
  };
}
