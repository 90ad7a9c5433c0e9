import { entraCycle, kiroCycle } from '../../guide/kiro.ts';
import type { SynchronizationJob } from '../../guide/snapshot.ts';
import { valueOf } from '../../guide/snapshot.ts';
import { isQuarantined, isRunning, moment } from '../../guide/steps/job.ts';
import { cycleState } from '../../guide/steps/nextCycle.ts';
import type { Text } from '../../guide/text.ts';
import { text } from '../../guide/text.ts';
import type { Stage, Status } from '../../webview/models.ts';
import type { PeopleCount } from './peopleModel.ts';
import type { PanelView } from './view.ts';

/** The way of a change from Entra to a seat in Kiro: five stations, each with its state and the clock that runs there. */
export function stages(view: PanelView, people: PeopleCount): Stage[] {
  return [
    change(view),
    entraStage(view, people),
    endpoint(view, people),
    kiroStage(view, people),
    seat(view, people),
  ];
}

function stage(view: PanelView, id: Stage['id'], title: Text, status: Status, said: Text): Stage {
  return { id, title: view.words(title), state: { status, words: view.words(said) } };
}

function withClock(view: PanelView, base: Stage, from: number, until: number): Stage {
  if (until <= view.now) return base;
  return { ...base, clock: { from, until, label: base.title } };
}

function change(view: PanelView): Stage {
  const groups = view.observation && valueOf(view.observation.snapshot.groups);
  const title = text('Change in Entra');
  if (!groups) return stage(view, 'change', title, 'unknown', text('groups not read'));
  if (groups.length === 0) return stage(view, 'change', title, 'later', text('no group assigned'));
  const [first] = groups;
  return stage(
    view,
    'change',
    title,
    'met',
    groups.length === 1 && first
      ? text('{0} is assigned', first.displayName)
      : text('{0} groups are assigned', groups.length),
  );
}

function entraStage(view: PanelView, people: PeopleCount): Stage {
  const title = text('Entra cycle');
  const say = (status: Status, said: Text): Stage => stage(view, 'entraCycle', title, status, said);
  const observed = view.observation?.snapshot.job;
  if (!observed?.known) return say('unknown', text('job not read'));
  const job = observed.value;
  if (!job) return say('later', text('no job yet'));
  if (isQuarantined(job)) return say('failing', text('in quarantine'));
  if (!isRunning(job)) return say('later', text('job not started'));
  const cycle = presentCycle(job);
  if (!cycle) return say('waiting', text('first cycle under way'));
  const every = minutes(cycle.length);
  switch (cycleState(cycle.until, view.now)) {
    case 'coming':
      return withClock(
        view,
        say(
          people.missing > 0 ? 'waiting' : 'met',
          text('every {0} minutes, next about {1}', every, { at: cycle.until }),
        ),
        cycle.from,
        cycle.until,
      );
    case 'due':
      return say(people.missing > 0 ? 'waiting' : 'met', text('every {0} minutes, next one due now', every));
    case 'overdue':
      return say('unmet', text('overdue since {0}', { at: cycle.until }));
  }
}

function endpoint(view: PanelView, people: PeopleCount): Stage {
  const title = text('Kiro endpoint');
  const say = (status: Status, said: Text): Stage => stage(view, 'endpoint', title, status, said);
  if (people.expected === 0) return say('later', text('nobody expected yet'));
  if (!people.readable) return say('unknown', text('not read'));
  const said = text('{0} of {1} arrived', people.arrived, people.expected);
  if (people.wrong > 0) return say('failing', text('{0} with a wrong externalId', people.wrong));
  return say(people.missing === 0 ? 'met' : 'waiting', said);
}

function kiroStage(view: PanelView, people: PeopleCount): Stage {
  const title = text('Kiro cycle');
  const say = (status: Status, said: Text): Stage => stage(view, 'kiroCycle', title, status, said);
  if (people.arrived === 0) return say('later', text('every 6 hours'));
  if (view.kept.ticks.subscriptionActivated !== undefined) return say('met', text('every 6 hours'));
  const arrivedAt = lastArrival(view);
  if (arrivedAt === undefined || arrivedAt + kiroCycle <= view.now) return say('met', text('over'));
  const until = arrivedAt + kiroCycle;
  return withClock(view, say('waiting', text('at the latest {0}', { at: until })), arrivedAt, until);
}

function seat(view: PanelView, people: PeopleCount): Stage {
  const { seatsReviewed, subscriptionActivated, groupSubscription } = view.kept.ticks;
  const say = (status: Status, said: Text): Stage => stage(view, 'seat', text('Seat'), status, said);
  if (seatsReviewed !== undefined) return say('met', text('reviewed'));
  if (people.arrived === 0) return say('later', text('after people arrived'));
  if (groupSubscription === undefined) return say('manual', text('subscribe the group in Kiro'));
  if (subscriptionActivated === undefined) return say('manual', text('activate it in Kiro'));
  return say('manual', text('review the Subscriptions tab'));
}

/** From the last execution until the next, in epoch milliseconds; `undefined` before the first one has ended. */
export function presentCycle(
  job: SynchronizationJob,
): { readonly from: number; readonly until: number; readonly length: number } | undefined {
  const { lastExecution } = job.status;
  const from = moment(lastExecution?.timeBegan ?? lastExecution?.timeEnded);
  if (from === undefined) return undefined;
  const length = interval(job.schedule.interval) ?? entraCycle;
  return { from, until: from + length, length };
}

/** The latest moment at which somebody can have arrived at Kiro's endpoint, as far as it can be told. */
function lastArrival({ observation }: PanelView): number | undefined {
  if (!observation) return undefined;
  const { journal, job } = observation.snapshot;
  const pushes = journal.pushed.filter(({ ok }) => ok).map(({ at }) => at);
  const execution = valueOf(job)?.status.lastSuccessfulExecution;
  const exported = (execution?.countExported ?? 0) > 0 ? moment(execution?.timeEnded) : undefined;
  const all = exported === undefined ? pushes : [...pushes, exported];
  return all.length === 0 ? undefined : Math.max(...all);
}

/** Hours and minutes of an ISO 8601 duration, in milliseconds: Graph's `PT40M`. */
function interval(duration: string | null): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration ?? '');
  if (!match) return undefined;
  const [days, hours, mins, seconds] = match.slice(1).map((part) => Number(part || 0));
  const total = ((days ?? 0) * 24 + (hours ?? 0)) * 3600 + (mins ?? 0) * 60 + (seconds ?? 0);
  return total > 0 ? total * 1000 : undefined;
}

function minutes(milliseconds: number): number {
  return Math.round(milliseconds / 60_000);
}
