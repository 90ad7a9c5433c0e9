import type { Blocked, Change, Json } from '../change.ts';
import { synchronizationTemplateId } from '../kiro.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type Snapshot, type SynchronizationSecret } from '../snapshot.ts';
import { text } from '../text.ts';
import { credentialQuarantine, moment, synchronizationPath } from './job.ts';
import { usableEndpoint } from './scimValues.ts';
import { met, unmet, whenServicePrincipal } from './verdicts.ts';

/** Evidence only: validating is a write to the audit log, so looking never does it. */
export const credentialRequirement: Requirement = {
  id: 'provisioning.credentials',
  step: 4,
  title: text('Connection to Kiro'),
  why: text(
    'Endpoint and token have to fit before Entra keeps them: with wrong ones the job is quarantined.',
  ),
  severity: 'required',
  evaluate,
  plan,
};

/** Stands for the token in a planned request; it is put in only when the request is sent. */
export const tokenPlaceholder: Json = { $secret: 'scimToken' };

/** What keeps a request that needs endpoint and token from being planned. */
export function lacking(snapshot: Snapshot): Blocked | undefined {
  if (usableEndpoint(snapshot) === undefined) {
    return { blocked: text('Enter the SCIM endpoint from the Kiro console first.') };
  }
  return snapshot.kept.scim?.tokenStored === true
    ? undefined
    : {
        blocked: text(
          'Enter the access token from the Kiro console first. Entra never gives a saved one back.',
        ),
      };
}

/** The address in Entra, as it is compared: without trailing slash and flags. */
export function savedAddress(secrets: readonly SynchronizationSecret[]): string | undefined {
  const saved = secrets.find(({ key }) => key === 'BaseAddress')?.value;
  return saved?.replace(/\?.*$/, '').replace(/\/+$/, '');
}

function evaluate(snapshot: Snapshot): Verdict {
  return whenServicePrincipal(snapshot, () => {
    const endpoint = usableEndpoint(snapshot);
    if (endpoint === undefined) {
      return unmet(text('after the endpoint'), text('There is no endpoint to try yet.'), {
        remedy: text('Enter the SCIM endpoint and the access token.'),
        action: { kind: 'enterScimEndpoint' },
      });
    }
    const { lastValidation } = snapshot.journal;
    const validation =
      lastValidation?.endpoint === endpoint && lastValidation.at >= (snapshot.kept.scim?.tokenEnteredAt ?? 0)
        ? lastValidation
        : undefined;
    const failedAt = credentialQuarantine(valueOf(snapshot.job));
    if (validation?.ok === true && (failedAt === undefined || validation.at > failedAt)) {
      return met(text('validated'), text('Kiro accepted endpoint and token at {0}.', { at: validation.at }), {
        portal: 'provisioning',
      });
    }
    if (failedAt !== undefined || validation?.ok === false) {
      return unmet(text('refused'), text('Kiro refused endpoint or token.'), {
        remedy: text('Check both against the Kiro console, enter a new token if needed, and apply.'),
        action: { kind: 'enterScimToken' },
        portal: 'provisioning',
      });
    }
    const ran = lastGoodRun(snapshot, endpoint);
    if (ran !== undefined) {
      return met(
        text('in use'),
        text('The job’s run at {0} had no error with endpoint or token.', { at: ran }),
        {
          portal: 'provisioning',
        },
      );
    }
    return unmet(text('not validated'), text('Endpoint and token were not tried yet.'), {
      remedy: text('Apply tries them before it saves them.'),
      action: { kind: 'apply' },
      portal: 'provisioning',
    });
  });
}

/** When the job last ran through with the endpoint that is saved; right after a start "Failed" with code "None" is no run. */
function lastGoodRun(snapshot: Snapshot, endpoint: string): number | undefined {
  const { kept, journal } = snapshot;
  // A token that was entered after the last save is not the one that the job used.
  if (kept.scim?.tokenStored === true && (kept.scim.tokenEnteredAt ?? 0) > (journal.savedAt ?? 0))
    return undefined;
  const run = valueOf(snapshot.job)?.status.lastSuccessfulExecution ?? undefined;
  if (run === undefined || savedAddress(valueOf(snapshot.secrets) ?? []) !== endpoint) return undefined;
  return moment(run.timeEnded) ?? moment(run.timeBegan);
}

function plan(snapshot: Snapshot): readonly Change[] | Blocked {
  const principal = valueOf(snapshot.servicePrincipal);
  const endpoint = usableEndpoint(snapshot);
  const blocked = lacking(snapshot);
  if (principal === undefined) return [];
  if (blocked !== undefined || endpoint === undefined) return blocked ?? [];
  return [
    {
      id: 'provisioning.validate',
      step: 4,
      meets: ['provisioning.credentials'],
      title: text('Test the connection to Kiro'),
      why: text('Entra tries endpoint and token once. Nothing is saved by this.'),
      before: null,
      after: { tenantUrl: endpoint, secretToken: '*' },
      request: {
        kind: 'graph',
        method: 'POST',
        path: `${synchronizationPath(principal)}/jobs/validateCredentials`,
        body: {
          templateId: valueOf(snapshot.job)?.templateId ?? synchronizationTemplateId,
          useSavedCredentials: false,
          credentials: [
            { key: 'BaseAddress', value: endpoint },
            { key: 'SecretToken', value: tokenPlaceholder },
          ],
        },
        answer: 'validation',
      },
      notUndoable: text('There is nothing to take back: it changes nothing.'),
      risk: 'low',
      scopes: ['Synchronization.ReadWrite.All'],
    },
  ];
}
