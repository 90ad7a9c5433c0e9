import type { TickId } from '../kept.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import type { Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { afterStep, lacksApplication, manual, met } from './verdicts.ts';

/** What only a person sees in the Kiro console: no service tells about subscriptions. */
export const subscriptionRequirements: readonly Requirement[] = [
  ticked(
    'people.groupSubscription',
    'groupSubscription',
    text('Subscription for the group'),
    text(
      'A subscription for the group gives every member a seat. One for single people has to be kept by hand.',
    ),
    text(
      'In the Kiro console, under Users & groups, subscribe the group rather than its people, then tick it here.',
    ),
  ),
  ticked(
    'people.subscriptionActivated',
    'subscriptionActivated',
    text('Subscription activated'),
    text('A pending seat is neither usable nor billed. Kiro makes seats about every six hours.'),
    text('In the Kiro console, under Subscriptions, see that the seats are active, then tick it here.'),
  ),
  ticked(
    'people.seatsReviewed',
    'seatsReviewed',
    text('Seats reviewed'),
    text('Every seat is billed, and none is given back by itself.'),
    text(
      'In the Kiro console, under Subscriptions, see that nobody unintended has a seat, then tick it here.',
    ),
  ),
];

function ticked(id: string, tick: TickId, title: Text, why: Text, remedy: Text): Requirement {
  const evaluate = (snapshot: Snapshot): Verdict => {
    if (lacksApplication(snapshot)) return afterStep(1);
    const at = snapshot.kept.ticks[tick];
    return at === undefined
      ? manual(text('to confirm'), text('Only the Kiro console shows this.'), {
          remedy,
          action: { kind: 'tick', tick },
          portal: 'kiroConsole',
        })
      : met(text('confirmed'), text('You ticked it at {0}.', { at }), { portal: 'kiroConsole' });
  };
  return { id, step: 5, title, why, severity: 'required', evaluate };
}
