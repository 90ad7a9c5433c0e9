import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { createReplication } from '../replication/replication.ts';
import { noLag } from '../replication/lag.ts';
import type { SandboxState, Tenant } from '../state.ts';
import { defaultAuthorizationPolicy } from './authorizationPolicy.ts';
import { createDirectory } from './directory.ts';
import { microsoftGraphServicePrincipal } from './microsoftGraph.ts';

export interface StateOptions {
  readonly clock: Clock;
  /** More people than the two dozen. */
  readonly extraUsers?: number;
  /** Entra ID P1; true unless told. */
  readonly premium?: boolean;
  readonly unlicensedGroups?: Tenant['unlicensedGroups'];
}

/**
 * A fresh Contoso: people, groups and licence, but no application and no Kiro profile. The tenant id is new each time;
 * people and groups keep their ids.
 */
export function createState(options: StateOptions): SandboxState {
  const directory = createDirectory({ extraUsers: options.extraUsers ?? 0 });
  const graph = microsoftGraphServicePrincipal();
  const tenant: Tenant = {
    id: randomUUID(),
    displayName: 'Contoso',
    defaultDomain: 'contoso.onmicrosoft.com',
    verifiedDomains: ['contoso.com', 'contoso.onmicrosoft.com'],
    premium: options.premium ?? true,
    unlicensedGroups: options.unlicensedGroups ?? 'inert',
    ...directory,
    applications: new Map(),
    servicePrincipals: new Map([[graph.id, graph]]),
    deletedItems: new Map(),
    appRoleAssignments: new Map(),
    grants: new Map(),
    synchronization: new Map(),
    provisioningLogs: [],
    signIns: [],
    directoryAudits: [],
    conditionalAccessPolicies: new Map(),
    authorizationPolicy: defaultAuthorizationPolicy(),
    roleActivations: [],
  };
  return {
    clock: options.clock,
    tenant,
    replication: createReplication(tenant, options.clock, noLag),
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
