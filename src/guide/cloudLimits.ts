import type { TickId } from './kept.ts';
import type { Requirement, Verdict } from './requirement.ts';
import type { CloudFacts, CloudOperation, Snapshot } from './snapshot.ts';
import { met, manual, whenServicePrincipal } from './steps/verdicts.ts';
import { text, type Text } from './text.ts';

/** A requirement that Microsoft Graph can neither show nor meet in some clouds. */
interface Limit {
  readonly needs: CloudOperation;
  /** What a person confirms in its place. */
  readonly tick: TickId;
  readonly remedy: Text;
  /** When something happened that makes an earlier tick untrue, and what that was. */
  readonly overtakenAt: (snapshot: Snapshot) => number;
  readonly overtakenBy: Text;
}

const credentials: Omit<Limit, 'needs'> = {
  tick: 'credentialsSaved',
  remedy: text(
    'Enter tenant URL and secret token under Provisioning, test the connection, set the scope to assigned users and groups and save. Then tick it here.',
  ),
  overtakenAt: ({ kept }) => kept.scim?.tokenEnteredAt ?? 0,
  overtakenBy: text('Another access token was entered here since you ticked this.'),
};
const mapping: Limit = {
  needs: 'schema',
  tick: 'mappingCorrected',
  remedy: text(
    'Under Provisioning, Attribute mapping, set externalId to objectId for users and groups and remove the enterprise attributes and phone numbers. Then tick it here, before anyone is assigned.',
  ),
  overtakenAt: ({ journal }) => journal.jobMadeAt ?? 0,
  overtakenBy: text('The provisioning job was made since you ticked this, with Entra’s default mapping.'),
};

const limits: Readonly<Record<string, Limit>> = {
  'provisioning.credentials': { needs: 'validateCredentials', ...credentials },
  'provisioning.secrets': { needs: 'secrets', ...credentials },
  'provisioning.scope': { needs: 'secrets', ...credentials },
  'provisioning.mapping.externalId': mapping,
  'provisioning.mapping.unsupported': mapping,
  'provisioning.mapping.required': mapping,
  'provisioning.mapping.names': mapping,
  'provisioning.mapping.objects': mapping,
};

/** How the `externalId` guard is kept by hand. */
export const oneFirst: Text = text(
  'This cloud has no provisioning on demand. Assign a group of one person first and start provisioning in the admin center; assign the others when this person shows up here.',
);

/**
 * Requirements whose plan starts the job or pushes somebody. Without provisioning on demand nobody can be read back before
 * all follow, so the `externalId` guard can't be kept: there these have no plan, and a person does them.
 */
const guarded: Readonly<Record<string, Text>> = {
  'provisioning.quarantine': text(
    'Make endpoint, token and mapping right, then restart provisioning in the admin center.',
  ),
  'provisioning.profileRenewed': text(
    'Stop provisioning in the admin center, save endpoint and token of the new profile, then delete the provisioning job and let step 4 make it anew: only so does it forget the old records.',
  ),
  'people.firstArrived': oneFirst,
  'people.jobRunning': text(
    'This cloud has no provisioning on demand, so nobody can be checked before all follow, and this tool does not start the job. Check the mapping, then start provisioning in the admin center.',
  ),
};

/** A requirement as it can be judged and met in the connection's cloud: what the cloud lacks is said, never tried. */
export function inCloud(requirement: Requirement, { cloud }: Snapshot): Requirement {
  if (cloud.lacks.length === 0) return requirement;
  const limit = limits[requirement.id];
  if (limit !== undefined && cloud.lacks.includes(limit.needs)) return byTick(requirement, limit);
  if (!lacksOnDemand(cloud)) return requirement;
  if (requirement.id === 'people.groupAssigned') return { ...requirement, evaluate: advised(requirement) };
  const remedy = guarded[requirement.id];
  return remedy === undefined ? requirement : byHand(requirement, remedy);
}

/** A group can be assigned from here, but whoever chooses it has to know that all its members follow at once. */
function advised({ evaluate }: Requirement): Requirement['evaluate'] {
  return (snapshot) => {
    const verdict = evaluate(snapshot);
    return verdict.status === 'unmet' ? { ...verdict, remedy: oneFirst } : verdict;
  };
}

/** Where it can't be asked for, this says so and what to do instead. */
export const noOnDemand: Text = text(
  'Microsoft Graph does not offer provisioning on demand in your cloud. People come with the next cycle, about every 40 minutes; the admin center shows it under Provisioning.',
);

export function lacksOnDemand(cloud: CloudFacts): boolean {
  return cloud.lacks.includes('provisionOnDemand');
}

const notSeen: Text = text(
  'Microsoft Graph does not offer this in your cloud, so it can be neither seen nor changed here.',
);

function byTick(requirement: Requirement, { tick, remedy, ...limit }: Limit): Requirement {
  const evaluate = (snapshot: Snapshot): Verdict =>
    whenServicePrincipal(snapshot, () => {
      const at = snapshot.kept.ticks[tick];
      const portal = 'provisioning';
      return at === undefined || at < limit.overtakenAt(snapshot)
        ? manual(text('in the admin center'), at === undefined ? notSeen : limit.overtakenBy, {
            remedy,
            portal,
            action: { kind: 'tick', tick },
          })
        : met(text('ticked'), text('You ticked at {0} that this was done in the admin center.', { at }), {
            portal,
          });
    });
  return withoutPlan(requirement, evaluate);
}

function byHand(requirement: Requirement, remedy: Text): Requirement {
  return withoutPlan(requirement, (snapshot) => {
    const { action, ...verdict } = requirement.evaluate(snapshot);
    if (verdict.status !== 'unmet' || action?.kind !== 'apply') return requirement.evaluate(snapshot);
    return { ...verdict, status: 'manual', remedy, portal: 'provisioning' };
  });
}

function withoutPlan(requirement: Requirement, evaluate: Requirement['evaluate']): Requirement {
  const { id, step, title, why, severity } = requirement;
  return { id, step, title, why, severity, evaluate };
}
