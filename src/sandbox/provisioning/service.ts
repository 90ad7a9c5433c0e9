import type { Job, SandboxState, Synchronization } from '../state.ts';
import { CYCLE_MS, runCycle, test } from './cycle.ts';
import { readRule } from './mapping.ts';
import { provisionOnDemand } from './onDemand.ts';
import { newMemory } from './run.ts';
import type { Memory } from './run.ts';
import { markStarted, newStatus } from './status.ts';
import { openTarget, TargetError } from './target.ts';
import { ProvisioningError } from './types.ts';
import type { CredentialsToValidate, Provisioning } from './types.ts';

/** The first cycle comes this soon after start or restart. */
const FIRST_CYCLE_MS = 1000;

/** The provisioning service, and what it remembers of its jobs. */
export interface ProvisioningService extends Provisioning {
  /** By service principal id, for each job that ran or may run; part of a saved state. */
  memories(): ReadonlyMap<string, Memory>;
}

/**
 * Entra's provisioning service: pushes the people in scope of each job over HTTP to the job's SCIM endpoint, on demand and
 * every forty minutes of the sandbox clock. Jobs whose schedule is active already, as in a saved state, go on at once where a
 * cycle is due: their endpoint has to listen.
 */
export function createProvisioning(
  state: SandboxState,
  remembered: ReadonlyMap<string, Memory> = new Map(),
): ProvisioningService {
  const memories = new WeakMap<Job, Memory>();
  for (const [servicePrincipalId, memory] of remembered) {
    const job = state.tenant.synchronization.get(servicePrincipalId)?.job;
    if (job) memories.set(job, memory);
  }
  const timers = new Map<string, () => void>();
  /** The end of what runs last for a service principal: its runs never overlap. */
  const running = new Map<string, Promise<unknown>>();

  const find = (
    servicePrincipalId: string,
  ): { synchronization: Synchronization; job: Job; memory: Memory } => {
    const synchronization = state.tenant.synchronization.get(servicePrincipalId);
    const job = synchronization?.job;
    if (!synchronization || !job)
      throw new ProvisioningError(404, 'ResourceNotFound', 'The job does not exist.');
    const memory = memories.get(job) ?? newMemory();
    memories.set(job, memory);
    return { synchronization, job, memory };
  };

  const inTurn = <T>(servicePrincipalId: string, work: () => Promise<T>): Promise<T> => {
    const before = running.get(servicePrincipalId) ?? Promise.resolve();
    const after = before.then(work, work);
    running.set(
      servicePrincipalId,
      after.catch(() => undefined),
    );
    return after;
  };

  const cancel = (servicePrincipalId: string): void => {
    timers.get(servicePrincipalId)?.();
    timers.delete(servicePrincipalId);
  };

  const schedule = (servicePrincipalId: string, job: Job, at: number | undefined): void => {
    cancel(servicePrincipalId);
    job.nextCycleAt = at;
    if (at === undefined) return;
    timers.set(
      servicePrincipalId,
      state.clock.at(at, () => cycle(servicePrincipalId)),
    );
  };

  const cycle = (servicePrincipalId: string): Promise<void> =>
    inTurn(servicePrincipalId, async () => {
      const job = state.tenant.synchronization.get(servicePrincipalId)?.job;
      if (job?.schedule.state !== 'Active') return;
      const { synchronization, memory } = find(servicePrincipalId);
      const next = await runCycle(state, synchronization, memory);
      // The job may have been paused, restarted or deleted while the cycle ran.
      const same = state.tenant.synchronization.get(servicePrincipalId)?.job === job;
      if (same && job.schedule.state === 'Active') schedule(servicePrincipalId, job, next);
      else if (same && next === undefined) schedule(servicePrincipalId, job, undefined);
    });

  for (const [servicePrincipalId, { job }] of state.tenant.synchronization)
    if (job?.schedule.state === 'Active')
      schedule(servicePrincipalId, job, job.nextCycleAt ?? state.clock.now() + CYCLE_MS);

  return {
    newStatus,
    memories: () =>
      new Map(
        [...state.tenant.synchronization].flatMap(([servicePrincipalId, { job }]) => {
          const memory = job && memories.get(job);
          return memory ? [[servicePrincipalId, memory]] : [];
        }),
      ),
    start(servicePrincipalId) {
      const { job } = find(servicePrincipalId);
      const already = job.schedule.state === 'Active' && job.status['code'] !== 'Quarantine';
      job.schedule.state = 'Active';
      if (already) return;
      markStarted(job);
      schedule(servicePrincipalId, job, state.clock.now() + FIRST_CYCLE_MS);
    },
    pause(servicePrincipalId) {
      const { job } = find(servicePrincipalId);
      job.schedule.state = 'Paused';
      job.status['code'] = 'Paused';
      schedule(servicePrincipalId, job, undefined);
    },
    restart(servicePrincipalId, resetScope) {
      const { job, memory } = find(servicePrincipalId);
      const flags = new Set((resetScope ?? '').split(',').map((flag) => flag.trim()));
      const resets = (flag: string): boolean =>
        flags.has(flag) || flags.has('Full') || (resetScope ?? '').trim() === '';
      if (flags.has('ConnectorDataStore') || flags.has('Full')) {
        job.links.clear();
        memory.members.clear();
        memory.groups.clear();
      }
      if (resets('Escrows')) memory.escrows.clear();
      if (resets('Watermark')) job.initialCycleDue = true;
      const quarantined = job.status['code'] === 'Quarantine' && !resets('QuarantineState');
      job.schedule.state = 'Active';
      if (!quarantined) markStarted(job);
      schedule(servicePrincipalId, job, state.clock.now() + FIRST_CYCLE_MS);
    },
    forget(servicePrincipalId) {
      const { job } = find(servicePrincipalId);
      schedule(servicePrincipalId, job, undefined);
    },
    schemaChanged(servicePrincipalId) {
      find(servicePrincipalId).job.initialCycleDue = true;
    },
    provisionOnDemand(servicePrincipalId, parameters) {
      const { synchronization, memory } = find(servicePrincipalId);
      return inTurn(servicePrincipalId, () => provisionOnDemand(state, synchronization, memory, parameters));
    },
    validateCredentials: (servicePrincipalId, request) => validate(state, servicePrincipalId, request),
    runCycle: (servicePrincipalId) =>
      inTurn(servicePrincipalId, async () => {
        const { synchronization, job, memory } = find(servicePrincipalId);
        const next = await runCycle(state, synchronization, memory);
        if (job.schedule.state === 'Active') schedule(servicePrincipalId, job, next);
      }),
  };
}

async function validate(
  state: SandboxState,
  servicePrincipalId: string,
  request: CredentialsToValidate,
): Promise<void> {
  const saved = state.tenant.synchronization.get(servicePrincipalId);
  const credentials = request.useSavedCredentials === true ? (saved?.secrets ?? []) : request.credentials;
  if (credentials === undefined)
    throw new ProvisioningError(
      400,
      'RequestMissingRequiredParameter',
      "The parameter 'credentials' is missing.",
    );
  const value = (key: string): string => credentials.find((one) => one.key === key)?.value ?? '';
  try {
    const target = openTarget(value('BaseAddress'), value('SecretToken'));
    await test({ target, rule: saved?.job ? readRule(saved.job.schema) : plainRule });
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    throw new ProvisioningError(
      400,
      'CredentialValidationUnavailable',
      `We received this unexpected response from your application: ${error.message}. Please check the service and try again.`,
    );
  }
}

/** What is asked before there is a job: a user by name. */
const plainRule = {
  id: '',
  group: undefined,
  user: {
    targetObjectName: '',
    flows: new Set<string>(),
    attributes: [
      {
        target: 'userName',
        expression: '[userPrincipalName]',
        sourceName: 'userPrincipalName',
        defaultValue: '',
        matchingPriority: 1,
        onlyAtCreation: false,
      },
    ],
  },
};
