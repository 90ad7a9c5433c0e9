import { randomUUID } from 'node:crypto';
import { clouds } from '../../../src/entra/clouds.ts';
import { createMeter, type Meter } from '../../../src/entra/meter.ts';
import { openSession } from '../../../src/engine/open.ts';
import type { Session } from '../../../src/engine/session.ts';
import {
  createMemoryPorts,
  createSteppedClock,
  type MemoryPorts,
} from '../../../scripts/rehearse/memoryPorts.ts';
import { startSandboxProcess, type RunningSandbox } from '../../../scripts/rehearse/sandboxProcess.ts';

/** A session on a sandbox of its own, with everything a test looks at. */
export interface SandboxSession {
  readonly session: Session;
  readonly sandbox: RunningSandbox;
  readonly meter: Meter;
  readonly ports: MemoryPorts;
  /** What the engine logged. */
  readonly logged: readonly string[];
  readonly clock: ReturnType<typeof createSteppedClock>;
}

/** Starts a sandbox and opens a session on it as its Global Administrator. */
export async function openSandboxSession(...args: readonly string[]): Promise<SandboxSession> {
  return openSessionOn(await startSandboxProcess(args));
}

/** A further session on a sandbox that runs already, with nothing kept and nothing seen. */
export async function openSessionOn(sandbox: RunningSandbox): Promise<SandboxSession> {
  const logged: string[] = [];
  const ports = createMemoryPorts((line) => logged.push(line));
  const meter = createMeter();
  const clock = createSteppedClock();
  const { endpoints } = sandbox;
  const session = await openSession(
    {
      ...ports,
      clock,
      meter,
      newId: randomUUID,
      tokens: { accessToken: async () => endpoints.accessToken },
    },
    {
      kind: 'sandbox',
      key: `sandbox:${endpoints.tenantId}`,
      tenantId: endpoints.tenantId,
      account: endpoints.accounts[0]?.userPrincipalName ?? '',
      cloud: clouds.global,
      endpoints,
    },
  );
  return { session, sandbox, meter, ports, logged, clock };
}
