import { randomUUID } from 'node:crypto';
import type { SandboxEndpoints } from '../../src/engine/connection.ts';
import { openSession } from '../../src/engine/open.ts';
import type { Session } from '../../src/engine/session.ts';
import { clouds } from '../../src/entra/clouds.ts';
import { createMeter, type Meter } from '../../src/entra/meter.ts';
import { createMemoryPorts, systemClock, type MemoryPorts } from './memoryPorts.ts';

export interface OnSandbox {
  readonly session: Session;
  readonly meter: Meter;
  readonly ports: MemoryPorts;
}

/** Opens a session on a running sandbox as its Global Administrator, with nothing kept and nothing seen. */
export async function openOnSandbox(
  endpoints: SandboxEndpoints,
  log: (line: string) => void = () => undefined,
): Promise<OnSandbox> {
  const meter = createMeter();
  const ports = createMemoryPorts(log);
  const session = await openSession(
    {
      ...ports,
      clock: systemClock,
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
  return { session, meter, ports };
}
