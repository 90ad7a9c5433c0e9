import { registerHooks } from 'node:module';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Session } from '../../src/engine/session.ts';
import type { OverallHealth } from '../../src/guide/health.ts';

/** What `extension.ts` and the status panel do with a connection, on timers that are stepped. */
export interface Watching {
  /** The look that opens the panel, and what it said. */
  look(): Promise<OverallHealth | undefined>;
  /** Lets minutes pass with the panel shown or hidden. */
  pass(minutes: number, visible: boolean): Promise<void>;
  stop(): void;
}

/** Takes over the timers of this process; `advance` steps the other side's clock by a minute. */
export async function startWatching(session: Session, advance: () => Promise<void>): Promise<Watching> {
  const { SessionStore, Refresh, ProvisioningLog } = await withoutVsCode();
  mock.timers.enable({ apis: ['setTimeout'] });
  const store = new SessionStore();
  let visible = true;
  let told = (): void => undefined;
  const refresh = new Refresh(store, () => visible);
  const log = new ProvisioningLog({ store, now: () => session.now(), sentenceOf: String }, () => undefined);
  store.onDidChange(() => {
    if (visible) log.readIfNew();
    told();
  });
  // A request that is under way while the timers step would run out of its time.
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
        mock.timers.tick(60_000);
        await quiet();
      }
    },
    stop() {
      refresh.dispose();
      log.dispose();
      store.dispose();
      mock.timers.reset();
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
