import { registerHooks } from 'node:module';
import { setImmediate as turn } from 'node:timers/promises';
import type { Session } from '../../src/engine/session.ts';
import type { OverallHealth } from '../../src/guide/health.ts';

const minute = 60_000;

/** What `extension.ts` and the status panel do with a connection, on timers that are stepped. */
export interface Watching {
  /** The look that opens the panel, and what it said. */
  look(): Promise<OverallHealth | undefined>;
  /** Lets minutes pass with the panel shown or hidden. */
  pass(minutes: number, visible: boolean): Promise<void>;
  stop(): void;
}

/** `advance` steps the clock of the other side by a minute; the refresh's own timer is stepped with it. */
export async function startWatching(session: Session, advance: () => Promise<void>): Promise<Watching> {
  const { SessionStore, Refresh, ProvisioningLog } = await withoutVsCode();
  const store = new SessionStore();
  let visible = true;
  let told = (): void => undefined;
  let timer: { left: number; readonly run: () => void } | undefined;
  const after = (milliseconds: number, run: () => void): (() => void) => {
    const set = { left: milliseconds, run };
    timer = set;
    return () => {
      if (timer === set) timer = undefined;
    };
  };
  const refresh = new Refresh(store, () => visible, after);
  const log = new ProvisioningLog({ store, now: () => session.now(), sentenceOf: String }, () => undefined);
  store.onDidChange(() => {
    if (visible) log.readIfNew();
    told();
  });
  // What the panel itself reads is part of the minute in which it is read.
  let reading: Promise<unknown> = Promise.resolve();
  const provisioningEvents: Session['provisioningEvents'] = (options) => {
    const read = session.provisioningEvents(options);
    reading = read.catch(() => undefined);
    return read;
  };
  store.open(Object.create(session, { provisioningEvents: { value: provisioningEvents } }) as Session);
  const quiet = async (): Promise<void> => {
    while (store.checking) await new Promise<void>((resolve) => (told = resolve));
    await reading;
    await turn();
  };
  return {
    async look() {
      visible = true;
      await store.look();
      await quiet();
      return store.observation?.health.overall;
    },
    async pass(minutes, seen) {
      visible = seen;
      refresh.restart();
      for (let n = 0; n < minutes; n += 1) {
        await advance();
        if (timer && (timer.left -= minute) <= 0) {
          const { run } = timer;
          timer = undefined;
          run();
        }
        await quiet();
      }
    },
    stop() {
      refresh.dispose();
      log.dispose();
      store.dispose();
    },
  };
}

/** The extension's own code, which finds an emitter of events where VS Code would be. */
async function withoutVsCode() {
  const events = new URL('./vscodeEvents.ts', import.meta.url).href;
  registerHooks({
    resolve: (name, context, next) =>
      name === 'vscode' ? { url: events, shortCircuit: true } : next(name, context),
  });
  return {
    ...(await import('../../src/ui/sessionStore.ts')),
    ...(await import('../../src/ui/refresh.ts')),
    ...(await import('../../src/ui/panels/provisioningLog.ts')),
  };
}
