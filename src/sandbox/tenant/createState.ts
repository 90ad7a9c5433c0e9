import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { SandboxState } from '../state.ts';
import { createDirectory } from './directory.ts';
import { microsoftGraphServicePrincipal } from './microsoftGraph.ts';

export interface StateOptions {
  readonly clock: Clock;
  /** More people than the two dozen. */
  readonly extraUsers?: number;
  /** Entra ID P1; true unless told. */
  readonly premium?: boolean;
}

/**
 * A fresh Contoso: people, groups and licence, but no application and no Kiro profile. The tenant id is new each time;
 * people and groups keep their ids.
 */
export function createState(options: StateOptions): SandboxState {
  const directory = createDirectory({ extraUsers: options.extraUsers ?? 0 });
  const graph = microsoftGraphServicePrincipal();
  return {
    clock: options.clock,
    tenant: {
      id: randomUUID(),
      displayName: 'Contoso',
      defaultDomain: 'contoso.onmicrosoft.com',
      verifiedDomains: ['contoso.com', 'contoso.onmicrosoft.com'],
      premium: options.premium ?? true,
      ...directory,
      applications: new Map(),
      servicePrincipals: new Map([[graph.id, graph]]),
      appRoleAssignments: new Map(),
      grants: new Map(),
      synchronization: new Map(),
      provisioningLogs: [],
    },
    kiro: { scimTenant: randomUUID(), profile: undefined, takenDomains: new Set(['fabrikam.com']) },
    dns: {
      zones: new Set(['contoso.com', 'contoso.net', 'fabrikam.com']),
      txt: new Map([
        ['contoso.com', [['v=spf1 include:spf.protection.outlook.com -all'], ['MS=ms48151623']]],
        ['fabrikam.com', [['v=spf1 -all']]],
      ]),
    },
    origins: { graph: '', login: '', kiro: '', scim: '', control: '' },
  };
}
