import { kiroCycle } from './kiro.ts';
import { valueOf, type Snapshot } from './snapshot.ts';
import { isQuarantined, isRunning } from './steps/job.ts';
import { nextCycle, waitUntil } from './steps/nextCycle.ts';
import { text, type Text } from './text.ts';

/** When somebody can be expected in Kiro, or their seat, and what that waits for. */
export interface Appearance {
  readonly waitsFor: 'replication' | 'start' | 'quarantine' | 'entraCycle' | 'kiroCycle';
  /** Epoch milliseconds; absent where nobody can tell, as before the job is started. */
  readonly until?: number;
  /** It should have happened: there is something to look into. */
  readonly overdue?: true;
  /** Time and reason as a sentence. */
  readonly said: Text;
}

export interface Appearing {
  /** Object id. */
  readonly id: string;
  /** Whether Kiro has an active record with it. */
  readonly inKiro: boolean;
  /** When the record came to Kiro, where that is known. */
  readonly arrivedAt?: number;
}

/** Kiro lists a pushed person within this time as a rule, in milliseconds. */
const listedWithin = 10 * 60_000;

/**
 * The answer to "When will they appear?" for somebody whom Entra is to provision: the clock that runs now, of replication,
 * Entra's cycle and Kiro's cycle, and the seat after it. `undefined` for who is there and waits for nothing that can be told.
 */
export function whenAppears(snapshot: Snapshot, person: Appearing): Appearance | undefined {
  const push = snapshot.journal.pushed.find(({ objectId }) => objectId === person.id);
  const pushedAt = push?.ok === true ? push.at : undefined;
  if (person.inKiro) return seat(snapshot, person.arrivedAt ?? pushedAt);
  if (pushedAt !== undefined && snapshot.at < pushedAt + listedWithin) {
    const until = pushedAt + listedWithin;
    return {
      waitsFor: 'replication',
      until,
      said: text(
        'By {0}: Entra pushed them at {1}, and Kiro takes a moment to list them.',
        { at: until },
        {
          at: pushedAt,
        },
      ),
    };
  }
  const job = valueOf(snapshot.job);
  if (isQuarantined(job)) {
    return {
      waitsFor: 'quarantine',
      said: text(
        'Not before the provisioning job leaves the quarantine; it says under Provisioning why it is there.',
      ),
    };
  }
  if (!isRunning(job)) {
    return { waitsFor: 'start', said: text('Not before provisioning is started, in step 5.') };
  }
  return withCycle(snapshot);
}

function withCycle(snapshot: Snapshot): Appearance {
  const waitsFor = 'entraCycle';
  const cycle = nextCycle(snapshot);
  if (!cycle) {
    return { waitsFor, said: text('With Entra’s first cycle, which takes from minutes to hours.') };
  }
  const until = waitUntil(cycle);
  const seatBy = { at: until + kiroCycle };
  switch (cycle.state) {
    case 'coming':
      return {
        waitsFor,
        until,
        said: text(
          'About {0}, with Entra’s next cycle; the seat by about {1}, with Kiro’s cycle of 6 hours.',
          { at: cycle.at },
          seatBy,
        ),
      };
    case 'due':
      return {
        waitsFor,
        until,
        said: text(
          'Any minute: Entra’s cycle is due now; the seat by about {0}, with Kiro’s cycle of 6 hours.',
          seatBy,
        ),
      };
    case 'overdue':
      return {
        waitsFor,
        overdue: true,
        said: text(
          'Overdue: Entra’s cycle was due about {0}. Provision them now and read what Entra says, or look at the provisioning logs.',
          { at: cycle.at },
        ),
      };
  }
}

/** Kiro gives seats by its own cycle, and no API tells them: only how long to wait for it can be said. */
function seat(snapshot: Snapshot, arrivedAt: number | undefined): Appearance | undefined {
  if (arrivedAt === undefined) return undefined;
  if ((snapshot.kept.ticks.seatsReviewed ?? 0) > arrivedAt) return undefined;
  const until = arrivedAt + kiroCycle;
  if (snapshot.at >= until) return undefined;
  return {
    waitsFor: 'kiroCycle',
    until,
    said: text('Seat by about {0}: Kiro gives seats with its cycle of 6 hours.', { at: until }),
  };
}
