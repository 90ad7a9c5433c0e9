import { randomUUID } from 'node:crypto';
import type { KiroProfile, KiroSeat, KiroSubscription, SandboxState } from '../state.ts';
import { usersOf } from '../scim/resourceIndex.ts';
import { demandProfile, SEAT_CYCLE_MS } from './profile.ts';
import { Refusal } from './refusal.ts';

/** Plans that can be subscribed, the lowest first. */
export const plans: readonly string[] = ['Kiro Pro', 'Kiro Pro+', 'Kiro Power'];

/** Subscribes a group or a person; seats follow by the six-hour cycle. */
export function subscribe(
  state: SandboxState,
  input: { principalType: string; principalId: string; userName?: string; plan: string },
): KiroSubscription {
  const profile = demandProfile(state);
  const principalId = input.principalId || (usersOf(profile).byName(input.userName?.trim() ?? '')?.id ?? '');
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

/** The first sign-in of one person, or of everyone with a pending seat: it becomes active. Returns how many did. */
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

/**
 * Gives a pending seat to every active member of a subscribed group and everyone subscribed alone; who is both has the
 * highest of the plans, once. Seats of people who left are not released.
 */
export function runSeatCycle(state: SandboxState): void {
  const { profile } = state.kiro;
  if (!profile) return;
  const now = state.clock.now();
  for (const [userId, entitled] of entitlements(profile)) {
    const seat = profile.seats.get(userId);
    if (seat) Object.assign(seat, entitled);
    else if (profile.users.get(userId)?.active === true)
      profile.seats.set(userId, { userId, since: now, status: 'Pending', ...entitled });
  }
  profile.nextSeatCycleAt = now + SEAT_CYCLE_MS;
}

/** Who is subscribed, by which plan, and whether by a group or alone. */
function entitlements(profile: KiroProfile): Map<string, Required<Pick<KiroSeat, 'plan' | 'source'>>> {
  const all = new Map<string, { plan: string; source: 'Group' | 'Individual' }>();
  for (const { principalType, principalId, plan } of profile.subscriptions) {
    const alone = principalType === 'User';
    for (const userId of alone ? [principalId] : (profile.groups.get(principalId)?.members ?? [])) {
      const known = all.get(userId);
      all.set(userId, {
        plan: known && plans.indexOf(known.plan) > plans.indexOf(plan) ? known.plan : plan,
        source: alone || known?.source === 'Individual' ? 'Individual' : 'Group',
      });
    }
  }
  return all;
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
