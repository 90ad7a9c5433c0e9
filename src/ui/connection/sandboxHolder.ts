import * as vscode from 'vscode';
import type { SandboxEndpoints } from '../../engine/connection.ts';
import type { KeyValue, Lines, Log, Secrets } from '../../engine/ports.ts';
import type { ContextKeySetter } from '../contextKeys.ts';
import { memoryKeyValue, memoryLines, memorySecrets } from '../ports/memory.ts';
import type { RunningSandbox } from './sandboxProcess.ts';

/** Where what is kept for one connection lives. */
export interface ConnectionPorts {
  readonly secrets: Secrets;
  readonly keyValue: KeyValue;
  readonly lines: Lines;
}

function freshPorts(): ConnectionPorts {
  return { secrets: memorySecrets(), keyValue: memoryKeyValue(), lines: memoryLines() };
}

/** The sandbox process of this window, if it runs. Its addresses live here, as long as it does and no longer. */
export class SandboxHolder implements vscode.Disposable {
  readonly #ended = new vscode.EventEmitter<void>();
  readonly onDidEnd = this.#ended.event;
  readonly #script: string;
  readonly #args: readonly string[];
  readonly #keys: ContextKeySetter;
  readonly #log: Log;
  #running: RunningSandbox | undefined;
  #ports = freshPorts();

  constructor(options: { script: string; args: readonly string[]; keys: ContextKeySetter; log: Log }) {
    this.#script = options.script;
    this.#args = options.args;
    this.#keys = options.keys;
    this.#log = options.log;
  }

  /** What is kept for the connection to this sandbox: it goes with the process. */
  get ports(): ConnectionPorts {
    return this.#ports;
  }

  get endpoints(): SandboxEndpoints | undefined {
    return this.#running?.endpoints;
  }

  async start(): Promise<void> {
    if (this.#running) return;
    const { startSandbox } = await import('./sandboxProcess.ts');
    const running = await startSandbox(this.#script, this.#args, this.#log);
    this.#running = running;
    this.#ports = freshPorts();
    this.#keys.set('kiroConnect.sandboxRunning', true);
    void running.ended.then(() => {
      this.#running = undefined;
      this.#keys.set('kiroConnect.sandboxRunning', false);
      this.#ended.fire();
    });
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
  }

  dispose(): void {
    void this.#running?.stop();
    this.#ended.dispose();
  }
}
