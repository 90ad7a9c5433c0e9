import type { Observation } from '../../engine/session.ts';
import { valueOf } from '../../guide/snapshot.ts';
import type { PanelPorts } from './ports.ts';
import type { EventsView } from './provisioningModel.ts';

/** The provisioning log is read once for each look at the tenant, and not more often than this. */
const atMostEvery = 10_000;

/** Reads the provisioning log for as long as somebody looks at it: once a look, never on its own clock. */
export class ProvisioningLog {
  readonly #ports: Pick<PanelPorts, 'store' | 'now' | 'sentenceOf'>;
  readonly #changed: () => void;
  #view: EventsView = { kind: 'loading' };
  #session: PanelPorts['store']['session'];
  #readFor: Observation | undefined;
  #readAt = 0;
  #reading: AbortController | undefined;

  constructor(ports: Pick<PanelPorts, 'store' | 'now' | 'sentenceOf'>, changed: () => void) {
    this.#ports = ports;
    this.#changed = changed;
  }

  get view(): EventsView {
    return this.#view;
  }

  /** Reads if the tenant was looked at since the last time. A failure leaves what was read before. */
  readIfNew(): void {
    const { session, observation } = this.#ports.store;
    if (session !== this.#session) this.#startOver(session);
    if (!session || !observation || observation === this.#readFor || this.#reading) return;
    // Without a job there is no log worth a request.
    if (!valueOf(observation.snapshot.job)) {
      this.#view = { kind: 'known', events: [] };
      return;
    }
    if (this.#readFor && this.#ports.now() - this.#readAt < atMostEvery) return;
    void this.#read(session, observation);
  }

  async #read(session: NonNullable<PanelPorts['store']['session']>, observation: Observation): Promise<void> {
    const reading = new AbortController();
    this.#reading = reading;
    this.#readFor = observation;
    this.#readAt = this.#ports.now();
    try {
      const events = await session.provisioningEvents({ signal: reading.signal });
      if (!reading.signal.aborted) this.#view = { kind: 'known', events };
    } catch (error) {
      const keeps = reading.signal.aborted || this.#view.kind === 'known';
      if (!keeps) this.#view = { kind: 'unknown', sentence: this.#ports.sentenceOf(error) };
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
    }
    if (!reading.signal.aborted) this.#changed();
  }

  #startOver(session: PanelPorts['store']['session']): void {
    this.#reading?.abort();
    this.#reading = undefined;
    this.#session = session;
    this.#readFor = undefined;
    this.#view = { kind: 'loading' };
  }

  dispose(): void {
    this.#reading?.abort();
  }
}
