import { randomUUID } from 'node:crypto';
import type { SandboxState, Synchronization } from '../state.ts';
import { logRow, onDemandAnswer } from './log.ts';
import type { Outcome } from './outcome.ts';
import { provisionGroup } from './provisionGroup.ts';
import { provisionUser } from './provisionUser.ts';
import { openRun } from './run.ts';
import type { Memory, Run } from './run.ts';
import { openTarget, TargetError } from './target.ts';
import type { Target } from './target.ts';
import { ProvisioningError } from './types.ts';
import type { OnDemandParameters } from './types.ts';

const MOST_MEMBERS = 5;

/**
 * Provisions one user, or one group with up to five of its members, at once. The answer tells of failures inside; an
 * error is thrown only for a request that makes no sense.
 */
export async function provisionOnDemand(
  state: SandboxState,
  synchronization: Synchronization,
  memory: Memory,
  parameters: readonly OnDemandParameters[],
): Promise<{ key: string; value: string }> {
  const [parameter, ...others] = parameters;
  const [subject, ...more] = parameter?.subjects ?? [];
  if (!parameter || !subject || others.length > 0 || more.length > 0)
    throw new ProvisioningError(400, 'BadRequest', 'Exactly one rule and one subject are needed.');
  const run = openOrFail(state, synchronization, memory);
  if (parameter.ruleId !== run.rule.id)
    throw new ProvisioningError(
      400,
      'BadRequest',
      `The rule '${parameter.ruleId}' is not in the schema of the job.`,
    );
  const members = subject.links?.members ?? [];
  if (members.length > MOST_MEMBERS)
    throw new ProvisioningError(
      400,
      'BadRequest',
      `At most ${MOST_MEMBERS} members can be provisioned at a time.`,
    );
  const began = state.clock.now();
  const options = { byFilter: true, stopOnCredentials: false };
  const memberOutcomes: Outcome[] = [];
  let main: Outcome;
  if (subject.objectTypeName === 'Group') {
    const group = state.tenant.groups.get(subject.objectId);
    if (!group)
      throw new ProvisioningError(404, 'ResourceNotFound', `The group '${subject.objectId}' does not exist.`);
    const only = members.map((member) => member.objectId).filter((id) => group.members.has(id));
    for (const id of run.scope.groups.has(group.id) ? only : []) {
      const user = state.tenant.users.get(id);
      if (user) memberOutcomes.push(await provisionUser(run, user, options));
    }
    main = await provisionGroup(run, group, { ...options, only });
  } else {
    const user = state.tenant.users.get(subject.objectId);
    if (!user)
      throw new ProvisioningError(404, 'ResourceNotFound', `The user '${subject.objectId}' does not exist.`);
    main = await provisionUser(run, user, options);
  }
  const when = { cycleId: randomUUID(), began, ended: state.clock.now() };
  for (const outcome of [...memberOutcomes, main])
    state.tenant.provisioningLogs.push(logRow(run, outcome, when));
  return onDemandAnswer(run, { main, members: memberOutcomes }, when);
}

/** Without usable credentials the engine runs all the same, and every request of it fails. */
function openOrFail(state: SandboxState, synchronization: Synchronization, memory: Memory): Run {
  try {
    return openRun(state, synchronization, memory);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const secrets = [
      ...synchronization.secrets.filter((one) => !['BaseAddress', 'SecretToken'].includes(one.key)),
      { key: 'BaseAddress', value: 'http://127.0.0.1' },
      { key: 'SecretToken', value: 'none' },
    ];
    const run = openRun(state, { ...synchronization, secrets }, memory);
    return { ...run, target: brokenTarget(error) };
  }
}

function brokenTarget(error: TargetError): Target {
  const fail = (): Promise<never> => Promise.reject(error);
  return {
    ...openTarget('http://127.0.0.1', 'none'),
    find: fail,
    hasMember: fail,
    get: fail,
    create: fail,
    patch: fail,
    delete: fail,
  };
}
