import { randomUUID } from 'node:crypto';
import type { Synchronization } from '../state.ts';
import type { CycleContext } from './cycle.ts';
import { appendRow, logRow } from './log.ts';
import { onDemandAnswer } from './onDemandAnswer.ts';
import type { OnDemandOutcomes } from './onDemandAnswer.ts';
import { provisionGroup } from './provisionGroup.ts';
import { provisionUser } from './provisionUser.ts';
import { isGroupInScope, openRun } from './run.ts';
import type { Run } from './run.ts';
import { brokenTarget } from './target.ts';
import { TargetError } from './targetErrors.ts';
import { ProvisioningError } from './types.ts';
import type { OnDemandParameters, OnDemandSubject } from './types.ts';

const MOST_MEMBERS = 5;
const options = { byFilter: true, stopOnCredentials: false };

/**
 * Provisions one user, or one group with up to five of its members, at once. The answer tells of failures inside; an
 * error is thrown only for a request that makes no sense. The flag in the tenant URL isn't followed (Microsoft Entra: known
 * issues with SCIM 2.0 compliance).
 */
export async function provisionOnDemand(
  context: CycleContext,
  parameters: readonly OnDemandParameters[],
): Promise<{ key: string; value: string }> {
  const { state, behaviour } = context;
  const [parameter, ...others] = parameters;
  const [subject, ...more] = parameter?.subjects ?? [];
  if (!parameter || !subject || others.length > 0 || more.length > 0)
    throw refused('Exactly one rule and one subject are needed.');
  const run = openOrFail(context);
  if (parameter.ruleId !== run.rule.id)
    throw refused(`The rule '${parameter.ruleId}' is not in the schema of the job.`);
  if ((subject.links?.members ?? []).length > MOST_MEMBERS)
    throw refused(`At most ${MOST_MEMBERS} members can be provisioned at a time.`);
  const began = state.clock.now();
  const outcomes =
    subject.objectTypeName === 'Group' ? await ofGroup(run, subject) : await ofUser(run, subject);
  const when = { cycleId: randomUUID(), began, ended: state.clock.now() };
  for (const outcome of [...outcomes.members, outcomes.main])
    appendRow(state.tenant, logRow(run, outcome, when));
  return onDemandAnswer(run, outcomes, { when, shape: behaviour.onDemandShape });
}

async function ofUser(run: Run, { objectId }: OnDemandSubject): Promise<OnDemandOutcomes> {
  const user = run.state.tenant.users.get(objectId);
  if (!user) throw missing('user', objectId);
  return { main: await provisionUser(run, user, options), members: [] };
}

async function ofGroup(run: Run, subject: OnDemandSubject): Promise<OnDemandOutcomes> {
  const { users, groups } = run.state.tenant;
  const group = groups.get(subject.objectId);
  if (!group) throw missing('group', subject.objectId);
  const named = (subject.links?.members ?? []).map((member) => member.objectId);
  const only = named.filter((id) => group.members.has(id));
  const members = [];
  for (const id of isGroupInScope(run, group) ? only : []) {
    const user = users.get(id);
    if (user) members.push(await provisionUser(run, user, options));
  }
  return { main: await provisionGroup(run, group, { ...options, only }), members };
}

/** Without usable credentials the engine runs all the same, and every request of it fails. */
function openOrFail({ state, synchronization, memory }: CycleContext): Run {
  const open = (one: Synchronization): Run =>
    openRun(state, one, memory, { initial: true, followFlag: false });
  try {
    return open(synchronization);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const secrets = [
      ...synchronization.secrets.filter((one) => !['BaseAddress', 'SecretToken'].includes(one.key)),
      { key: 'BaseAddress', value: 'http://127.0.0.1' },
      { key: 'SecretToken', value: 'none' },
    ];
    return { ...open({ ...synchronization, secrets }), target: brokenTarget(error) };
  }
}

function refused(why: string): ProvisioningError {
  return new ProvisioningError(400, 'BadRequest', why);
}

function missing(kind: string, id: string): ProvisioningError {
  return new ProvisioningError(404, 'ResourceNotFound', `The ${kind} '${id}' does not exist.`);
}
