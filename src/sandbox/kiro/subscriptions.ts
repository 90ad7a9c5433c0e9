import { randomUUID } from 'node:crypto';
import type { KiroSubscription, SandboxState } from '../state.ts';
import { demandProfile, SEAT_CYCLE_MS } from './profile.ts';
import { Refusal } from './refusal.ts';

/** Plans that can be subscribed. */
export const plans: readonly string[] = ['Kiro Pro', 'Kiro Pro+', 'Kiro Power'];

/** Subscribes a group or a person; seats follow by the six-hour cycle. */
export function subscribe(
  state: SandboxState,
  input: { principalType: string; principalId: string; plan: string },
): KiroSubscription {
  const profile = demandProfile(state);
  const { principalId } = input;
  const principalType = input.principalType === 'User' ? 'User' : 'Group';
  const known = principalType === 'User' ? profile.users.has(principalId) : profile.groups.has(principalId);
  if (!known)
    throw new Refusal(
      404,
      `This ${principalType.toLowerCase()} is not in Kiro yet. Provision it from Entra first.`,
    );
  const plan = plans.find((one) => one === (input.plan || plans[0]));
  if (plan === undefined) throw new Refusal(400, `The plan must be one of ${plans.join(', ')}.`);
  if (profile.subscriptions.some((one) => one.principalId === principalId))
    throw new Refusal(409, `This ${principalType.toLowerCase()} is subscribed already.`);
  const subscription: KiroSubscription = { id: randomUUID(), principalType, principalId, plan };
  profile.subscriptions.push(subscription);
  return subscription;
}

/** Ends a subscription. Seats that came by it stay until they are removed one by one. */
export function unsubscribe(state: SandboxState, id: string): void {
  const { subscriptions } = demandProfile(state);
  const at = subscriptions.findIndex((one) => one.id === id);
  if (at < 0) throw new Refusal(404, 'This subscription does not exist.');
  subscriptions.splice(at, 1);
}

/** Activates one seat, or every pending one when no user is named. Returns how many were. */
export function activate(state: SandboxState, userId: string | undefined): number {
  const { seats } = demandProfile(state);
  const chosen = [...seats.values()].filter((seat) => userId === undefined || seat.userId === userId);
  if (userId !== undefined && chosen.length === 0) throw new Refusal(404, 'This person has no seat.');
  const pending = chosen.filter((seat) => seat.status === 'Pending');
  for (const seat of pending) seat.status = 'Active';
  return pending.length;
}

/** Takes a seat away, as the console does it and SCIM does not. */
export function removeSeat(state: SandboxState, userId: string): void {
  if (!demandProfile(state).seats.delete(userId)) throw new Refusal(404, 'This person has no seat.');
}

/** Gives a pending seat to every active member of a subscribed group. Seats of people who left are not released. */
export function runSeatCycle(state: SandboxState): void {
  const { profile } = state.kiro;
  if (!profile) return;
  const now = state.clock.now();
  for (const { principalType, principalId } of profile.subscriptions) {
    const ids = principalType === 'User' ? [principalId] : (profile.groups.get(principalId)?.members ?? []);
    for (const userId of ids)
      if (profile.users.get(userId)?.active === true && !profile.seats.has(userId))
        profile.seats.set(userId, { userId, since: now, status: 'Pending' });
  }
  profile.nextSeatCycleAt = now + SEAT_CYCLE_MS;
}

/** Runs the seat cycle every six hours of the sandbox clock. Returns a function to call after a profile was made. */
export function watchSeats(state: SandboxState): () => void {
  let armedFor: unknown;
  const arm = (): void => {
    const { profile } = state.kiro;
    if (!profile || armedFor === profile) return;
    armedFor = profile;
    state.clock.at(profile.nextSeatCycleAt, () => {
      if (armedFor !== state.kiro.profile) return;
      armedFor = undefined;
      runSeatCycle(state);
      arm();
    });
  };
  arm();
  return arm;
}
