import * as vscode from 'vscode';
import type { SandboxEndpoints } from '../../engine/connection.ts';
import type { Lines, Log } from '../../engine/ports.ts';
import type { ContextKeySetter } from '../contextKeys.ts';
import type { ConnectionStore } from './connectionStore.ts';
import type { RunningSandbox } from './sandboxProcess.ts';
import type { ConnectionPorts, SandboxStore } from './sandboxStore.ts';
import { cloudSetting } from './signInRoom.ts';

/** How a sandbox's process ended: `stopped` by the admin and forgotten, or by itself, to be started again. */
export type SandboxEnd = 'stopped' | 'byItself';

/**
 * The sandbox process of this window, if it runs. Its addresses live here, as long as it does and no longer; the tenant
 * in it is kept by the process itself and goes on with the next one.
 */
export class SandboxHolder implements vscode.Disposable {
  readonly #ended = new vscode.EventEmitter<SandboxEnd>();
  readonly onDidEnd = this.#ended.event;
  readonly #script: string;
  readonly #store: SandboxStore;
  readonly #keys: ContextKeySetter;
  readonly #log: Log;
  #starting: Promise<void> | undefined;
  #running: RunningSandbox | undefined;
  #stopping = false;

  constructor(options: { script: string; store: SandboxStore; keys: ContextKeySetter; log: Log }) {
    this.#script = options.script;
    this.#store = options.store;
    this.#keys = options.keys;
    this.#log = options.log;
  }

  /** One was started and not stopped, in this window or the last. */
  get started(): boolean {
    return this.#store.remembered;
  }

  /** Who signed in to it. */
  get remembered(): ConnectionStore {
    return this.#store.connections;
  }

  /** What is kept for the connections to it. */
  get ports(): Omit<ConnectionPorts, 'lines'> {
    return this.#store.ports;
  }

  /** The journal of one of them. */
  linesOf(connectionKey: string): Lines {
    return this.#store.linesOf(connectionKey);
  }

  get endpoints(): SandboxEndpoints | undefined {
    return this.#running?.endpoints;
  }

  /** Starts the tenant that was not stopped, or a fresh one: in the state that `--preset` names, of the cloud that is set. */
  async start(preset = 'blank'): Promise<void> {
    if (this.#running) return;
    this.#starting ??= this.#start(preset).finally(() => (this.#starting = undefined));
    await this.#starting;
  }

  /** Ends it and forgets the tenant with all that was entered for it. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#stopping = true;
    try {
      await this.#store.forget(() => running.stop());
    } finally {
      this.#stopping = false;
    }
  }

  dispose(): void {
    void this.#running?.stop();
    this.#ended.dispose();
  }

  async #start(preset: string): Promise<void> {
    const { startSandbox } = await import('./sandboxProcess.ts');
    await this.#store.prepare();
    const running = await startSandbox(
      this.#script,
      // Its reads lag behind writes as a tenant's do: who rehearses here meets what happens there.
      ['--state', this.#store.stateFile, '--preset', preset, '--cloud', cloudSetting(), '--lag', 'realistic'],
      this.#log,
    );
    await this.#store.begin(running.endpoints.tenantId);
    this.#running = running;
    this.#keys.set('kiroConnect.sandboxRunning', true);
    void running.ended.then(() => {
      this.#running = undefined;
      this.#keys.set('kiroConnect.sandboxRunning', false);
      this.#ended.fire(this.#stopping ? 'stopped' : 'byItself');
    });
  }
}
