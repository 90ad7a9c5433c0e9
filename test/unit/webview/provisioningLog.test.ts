import assert from 'node:assert/strict';
import type { Observation, ProvisioningEvent } from '../../../src/engine/session.ts';
import type { PanelPorts } from '../../../src/ui/panels/ports.ts';
import { ProvisioningLog } from '../../../src/ui/panels/provisioningLog.ts';
import { known } from '../../../src/guide/snapshot.ts';
import { samples } from '../../webview-preview/samples.ts';

type Session = NonNullable<PanelPorts['store']['session']>;
type Answer = () => Promise<readonly ProvisioningEvent[]>;

const event: ProvisioningEvent = {
  id: 'e',
  at: 0,
  action: 'Create',
  status: 'success',
  subject: 'Ada Lovelace',
};

/** A store whose session answers as told; `changed` resolves when the log next says that it changed. */
function setUp(answer: Answer) {
  const signals: (AbortSignal | undefined)[] = [];
  const session = (): Session => ({
    connection: samples.busy.connection!,
    kept: samples.busy.kept,
    comparison: undefined,
    provisioningEvents: async (options) => {
      signals.push(options?.signal);
      return await at.answer();
    },
  });
  const look = (): Observation => ({ ...samples.busy.observation! });
  const store = {
    session: session() as Session | undefined,
    observation: look() as Observation | undefined,
    state: 'ready' as const,
    checking: false,
    onDidChange: () => ({ dispose: () => undefined }),
  };
  const at = { now: 1_000_000, answer };
  let tell = (): void => undefined;
  const log = new ProvisioningLog(
    { store, now: () => at.now, sentenceOf: (error) => (error instanceof Error ? error.message : '') },
    () => tell(),
  );
  const changed = async (): Promise<void> =>
    await new Promise<void>((resolve) => {
      tell = resolve;
    });
  return { log, store, at, signals, changed, session, look };
}

describe('provisioning log of the status panel', () => {
  it('is read once a look, and not again at once', async () => {
    const { log, store, at, signals, changed, look } = setUp(async () => [event]);
    log.readIfNew();
    log.readIfNew();
    await changed();
    assert.deepEqual(log.view, { kind: 'known', events: [event] });
    at.now += 60_000;
    log.readIfNew();
    assert.equal(signals.length, 1, 'the same look');
    store.observation = look();
    log.readIfNew();
    await changed();
    store.observation = look();
    log.readIfNew();
    assert.equal(signals.length, 2, 'a look too soon');
  });

  it('says why it can’t be read, but keeps what was read before', async () => {
    const { log, store, at, changed, look } = setUp(async () => {
      throw new Error('It needs Entra ID P1.');
    });
    log.readIfNew();
    await changed();
    assert.deepEqual(log.view, { kind: 'unknown', sentence: 'It needs Entra ID P1.' });
    const next = async (answer: Answer): Promise<void> => {
      at.answer = answer;
      at.now += 60_000;
      store.observation = look();
      log.readIfNew();
      await changed();
    };
    await next(async () => [event]);
    await next(async () => {
      throw new Error('Off-line.');
    });
    assert.deepEqual(log.view, { kind: 'known', events: [event] });
  });

  it('starts over with another session, and stops the reading for the one before', async () => {
    const { log, store, at, signals, session, changed } = setUp(
      async () => await new Promise(() => undefined),
    );
    log.readIfNew();
    store.session = session();
    at.answer = async () => [];
    log.readIfNew();
    assert.equal(signals[0]?.aborted, true);
    await changed();
    assert.deepEqual(log.view, { kind: 'known', events: [] });
  });

  it('asks nothing while there is no job', () => {
    const { log, store, signals } = setUp(async () => [event]);
    const { snapshot, health } = samples.busy.observation!;
    store.observation = { health, snapshot: { ...snapshot, job: known(undefined, 0) } };
    log.readIfNew();
    assert.equal(signals.length, 0);
    assert.deepEqual(log.view, { kind: 'known', events: [] });
  });
});
