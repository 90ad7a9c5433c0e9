import type { Clock } from '../clock.ts';
import type { CloudName } from '../clouds.ts';
import type { TenantPlan } from '../presets/presets.ts';
import { noLag } from '../replication/lag.ts';
import { createReplication } from '../replication/replication.ts';
import type { SavedState } from '../saved/savedState.ts';
import type { SandboxState, Tenant } from '../state.ts';
import { createState } from '../tenant/createState.ts';
import { tellHomes } from './home.ts';

/** Fresh tenants with one DNS between them. A domain of one is another profile's to all others. */
export function freshStates(
  plans: readonly TenantPlan[],
  options: {
    readonly clock: Clock;
    readonly cloud: CloudName;
    readonly premium: boolean;
    readonly unlicensedGroups: Tenant['unlicensedGroups'];
  },
): SandboxState[] {
  const states: SandboxState[] = [];
  for (const { organization, extraUsers } of plans) {
    const dns = states[0]?.dns;
    states.push(createState({ ...options, organization, extraUsers, ...(dns ? { dns } : {}) }));
  }
  for (const [index, { kiro }] of states.entries())
    for (const [other, { organization }] of plans.entries())
      if (other !== index) kiro.takenDomains.add(organization.domain);
  tellHomes(states.map(({ tenant }) => tenant));
  return states;
}

/** Tenants as they were saved. */
export function loadedStates({ tenants, dns }: SavedState, clock: Clock): SandboxState[] {
  return tenants.map(({ tenant, kiro }) => ({
    clock,
    tenant,
    replication: createReplication(tenant, clock, noLag),
    kiro,
    dns,
    origins: { graph: '', login: '', kiro: '', scim: '', control: '' },
  }));
}
