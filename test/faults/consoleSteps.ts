import { lookAtConsole } from './admin.ts';
import type { Step } from './fault.ts';

/** Removes the seats that records gave which are gone, waits for Kiro's cycle, and has everyone sign in who got a seat. */
export const seatsGivenAgain: readonly Step[] = [
  async ({ endpoints, carryOut }) => {
    const { users, seats } = await lookAtConsole(endpoints);
    const there = new Set(users.map(({ id }) => id));
    for (const { userId } of seats)
      if (!there.has(userId)) await carryOut({ kiro: 'remove-seat', fields: { userId } });
  },
  { minutes: 6 * 60 + 1 },
  { kiro: 'activate-seats' },
];

/** Subscribes the group of a profile that has no subscription yet, as it is done once. */
export const groupSubscribed: readonly Step[] = [
  {
    kiro: 'subscriptions',
    fields: { principalId: '{kiroGroup:Kiro users}', principalType: 'Group', plan: '' },
  },
  ...seatsGivenAgain,
];
