import { randomUUID } from 'node:crypto';
import type { SandboxEndpoints } from '../../src/engine/connection.ts';
import { openSession } from '../../src/engine/open.ts';
import type { Clock } from '../../src/engine/ports.ts';
import type { Session } from '../../src/engine/session.ts';
import { clouds } from '../../src/entra/clouds.ts';
import { createMeter, type Meter } from '../../src/entra/meter.ts';
import { createMemoryPorts, systemClock, type MemoryPorts } from './memoryPorts.ts';

export interface OnSandbox {
  readonly session: Session;
  readonly meter: Meter;
  readonly ports: MemoryPorts;
}

/** What a session may be given instead of something fresh: an earlier one's surroundings, or another account's token. */
export interface Surroundings {
  readonly ports?: MemoryPorts;
  readonly clock?: Clock;
  readonly accessToken?: string;
  readonly log?: (line: string) => void;
}

/** Opens a session on a running sandbox, as its Global Administrator where nothing else is given. */
export async function openOnSandbox(
  endpoints: SandboxEndpoints,
  given: Surroundings = {},
): Promise<OnSandbox> {
  const meter = createMeter();
  const ports = given.ports ?? createMemoryPorts(given.log ?? (() => undefined));
  const session = await openSession(
    {
      ...ports,
      clock: given.clock ?? systemClock,
      meter,
      newId: randomUUID,
      tokens: { accessToken: async () => given.accessToken ?? endpoints.accessToken },
    },
    {
      kind: 'sandbox',
      key: `sandbox:${endpoints.tenantId}`,
      tenantId: endpoints.tenantId,
      account: endpoints.accounts[0]?.userPrincipalName ?? '',
      cloud: clouds[endpoints.cloud ?? 'global'],
      endpoints,
    },
  );
  return { session, meter, ports };
}
