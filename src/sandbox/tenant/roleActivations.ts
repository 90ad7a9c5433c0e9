import { randomUUID } from 'node:crypto';
import type { Account, RoleActivation, SandboxState } from '../state.ts';

/** Makes an eligible role active. A token issued from now on carries it. */
export function activateRole(
  state: SandboxState,
  activation: Omit<RoleActivation, 'id' | 'userId'> & { readonly account: Account },
): RoleActivation {
  const { account, ...rest } = activation;
  const made = { id: randomUUID(), userId: account.userId, ...rest };
  state.tenant.roleActivations.push(made);
  if (!account.roles.includes(made.role)) account.roles.push(made.role);
  return made;
}

/** Ends an activation before its time. A token that carries the role keeps it until it expires. */
export function deactivateRole(state: SandboxState, activation: RoleActivation): void {
  const { roleActivations, accounts } = state.tenant;
  const index = roleActivations.indexOf(activation);
  if (index >= 0) roleActivations.splice(index, 1);
  const account = accounts.find((one) => one.userId === activation.userId);
  const held = account?.roles.indexOf(activation.role) ?? -1;
  if (held >= 0) account?.roles.splice(held, 1);
}

/** Ends every activation whose time is over. To be called before roles are read. */
export function endActivations(state: SandboxState): void {
  const now = state.clock.now();
  for (const activation of state.tenant.roleActivations.filter((one) => one.endsAt <= now))
    deactivateRole(state, activation);
}
