import type { Provisioning } from '../provisioning/types.ts';
import type { GraphGroup, Job, SandboxState } from '../state.ts';
import type { Registered } from './entraSide.ts';

/** Where a set-up is made: one tenant, its provisioning service, and what was made so far. */
export interface PresetDeps {
  readonly state: SandboxState;
  readonly provisioning: Provisioning;
}

/** A set-up that is being made, action by action. */
export class Scene implements PresetDeps {
  readonly state: SandboxState;
  readonly provisioning: Provisioning;
  /** The application, once it is there. */
  registered: Registered | undefined;

  constructor({ state, provisioning }: PresetDeps) {
    this.state = state;
    this.provisioning = provisioning;
  }

  /** The application; an action that needs it before it is made is a mistake in a preset. */
  get kiro(): Registered {
    if (!this.registered) throw new Error('This preset needs an application first.');
    return this.registered;
  }

  get job(): Job {
    const job = this.state.tenant.synchronization.get(this.kiro.servicePrincipal.id)?.job;
    if (!job) throw new Error('This preset needs a provisioning job first.');
    return job;
  }

  /** The domain that people's addresses end in. */
  get domain(): string {
    return this.state.tenant.verifiedDomains[0] ?? this.state.tenant.defaultDomain;
  }

  /** A group of the tenant by its name. */
  group(displayName: string): GraphGroup {
    const group = [...this.state.tenant.groups.values()].find((one) => one.displayName === displayName);
    if (!group) throw new Error(`This preset needs a group '${displayName}'.`);
    return group;
  }

  /** Object id of a person by the local part of their name. */
  userId(name: string): string {
    const wanted = `${name}@${this.domain}`.toLowerCase();
    for (const user of this.state.tenant.users.values())
      if (user.userPrincipalName.toLowerCase() === wanted) return user.id;
    throw new Error(`This preset needs a person '${name}'.`);
  }
}
