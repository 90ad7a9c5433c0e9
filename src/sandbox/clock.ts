/** A clock that can run fast or be stepped, so that a 40-minute cycle need not be waited for. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Steps the clock; everything due until then is run in order before the promise resolves. */
  advance(milliseconds: number): Promise<void>;
  /** Runs `task` when the clock reaches `at`. Returns a function that takes it back. */
  at(at: number, task: () => void | Promise<void>): () => void;
}

/** A clock that can be stopped, so that a closed sandbox leaves no timer behind. */
export interface RunningClock extends Clock {
  /** Sandbox milliseconds that pass in a real one. */
  readonly rate: number;
  /** Milliseconds that it is ahead of the machine's clock at this moment. */
  ahead(): number;
  /** Drops every task; nothing runs afterwards. */
  stop(): void;
}

interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void | Promise<void>;
}

/** Timers of Node can't be set further ahead than this. */
const LONGEST_TIMER = 2_147_483_647;

/** How a clock starts. */
export interface ClockOptions {
  /** Sandbox milliseconds that pass in a real one; 1 unless told. */
  readonly rate?: number;
  /** Milliseconds that it starts ahead of the machine's clock, as `ahead` once told. */
  readonly ahead?: number;
  /** Told after each task, and after each step. */
  readonly onTurn?: () => void;
}

/**
 * Real time multiplied by `rate`, and `advance` on top. Tasks run one at a time, in the order of their
 * moments, each with the clock standing at its own moment or later. A task that fails warns and does not stop the
 * clock. A task must not wait for `advance` itself.
 */
export function createClock(options: ClockOptions = {}): RunningClock {
  const rate = options.rate ?? 1;
  const realStart = Date.now();
  let offset = options.ahead ?? 0;
  let tasks: Task[] = [];
  let order = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  const now = (): number => realStart + (Date.now() - realStart) * rate + offset;

  const wait = (): void => {
    clearTimeout(timer);
    const next = tasks[0];
    if (next === undefined || stopped) return;
    const real = Math.min(Math.max(0, Math.ceil((next.at - now()) / rate)), LONGEST_TIMER);
    timer = setTimeout(() => void inTurn(() => runDue(now())), real);
    timer.unref();
  };

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    running = running.then(work).finally(wait);
    return running;
  };

  const runDue = async (until: number): Promise<void> => {
    for (;;) {
      const next = tasks[0];
      if (next === undefined || next.at > until || stopped) return;
      tasks.shift();
      if (next.at > now()) offset += next.at - now();
      try {
        await next.run();
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : new Error(String(error)));
      }
      options.onTurn?.();
    }
  };

  return {
    rate,
    now,
    ahead: () => (realStart - Date.now()) * (1 - rate) + offset,
    advance: (milliseconds) =>
      inTurn(async () => {
        const until = now() + milliseconds;
        await runDue(until);
        if (now() < until) offset += until - now();
        options.onTurn?.();
      }),
    at: (at, run) => {
      const task = { at, order: order++, run };
      tasks.push(task);
      tasks.sort((a, b) => a.at - b.at || a.order - b.order);
      wait();
      return () => {
        tasks = tasks.filter((other) => other !== task);
        wait();
      };
    },
    stop: () => {
      stopped = true;
      tasks = [];
      clearTimeout(timer);
    },
  };
}
