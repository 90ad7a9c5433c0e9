import type { Job, SandboxState, Synchronization } from '../state.ts';
import { changed, documented } from './behaviour.ts';
import { runCycle } from './cycle.ts';
import { newMemory } from './memory.ts';
import type { Memory } from './memory.ts';
import { provisionOnDemand } from './onDemand.ts';
import { reset } from './restart.ts';
import { CYCLE_MS, markStarted, newStatus } from './status.ts';
import { ProvisioningError } from './types.ts';
import type { Provisioning } from './types.ts';
import { validate } from './validate.ts';

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
  let behaviour = documented;
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
      const planned = job.nextCycleAt;
      const next = await runCycle({ state, synchronization, memory, behaviour });
      // The job may have been paused, restarted or deleted while the cycle ran.
      const same =
        state.tenant.synchronization.get(servicePrincipalId)?.job === job && job.nextCycleAt === planned;
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
      reset(job, memory, resetScope);
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
      return inTurn(servicePrincipalId, () =>
        provisionOnDemand({ state, synchronization, memory, behaviour }, parameters),
      );
    },
    behaviour: (change) => {
      behaviour = changed(behaviour, change);
      return behaviour;
    },
    validateCredentials: (servicePrincipalId, request) => validate(state, servicePrincipalId, request),
    runCycle: (servicePrincipalId) =>
      inTurn(servicePrincipalId, async () => {
        const { synchronization, job, memory } = find(servicePrincipalId);
        const next = await runCycle({ state, synchronization, memory, behaviour });
        if (job.schedule.state === 'Active') schedule(servicePrincipalId, job, next);
      }),
  };
}
