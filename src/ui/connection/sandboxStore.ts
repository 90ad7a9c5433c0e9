import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyValue, Lines, Secrets } from '../../engine/ports.ts';
import { ConnectionStore } from './connectionStore.ts';
import { fileLines, journalName } from '../ports/lines.ts';

/** Where what is kept for one connection lives. */
export interface ConnectionPorts {
  readonly secrets: Secrets;
  readonly keyValue: KeyValue;
  readonly lines: Lines;
}

/** One name among the small values and one in secret storage: what is under it goes all at once. */
const key = 'sandbox';

interface Remembered {
  readonly tenantId: string;
  readonly kept: Readonly<Record<string, unknown>>;
}

/**
 * Everything that outlives the window for the sandbox tenant: that it was started and not stopped, what was entered for it,
 * its secrets, its journal, and the file in which its process keeps the tenant itself. Never an address of its servers to
 * talk to. All of it is apart from what belongs to real tenants, and {@link forget} leaves nothing.
 */
export class SandboxStore {
  readonly ports: Omit<ConnectionPorts, 'lines'>;
  /** Who signed in to it. */
  readonly connections: ConnectionStore;
  /** For the sandbox's process alone; the extension never reads it. */
  readonly stateFile: string;
  readonly #values: KeyValue;
  readonly #secrets: Secrets;
  readonly #folder: string;
  #open = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: { keyValue: KeyValue; secrets: Secrets; storagePath: string }) {
    this.#values = options.keyValue;
    this.#secrets = options.secrets;
    this.#folder = join(options.storagePath, 'sandbox');
    this.stateFile = join(this.#folder, 'state.json');
    this.ports = { keyValue: this.#keyValue(), secrets: this.#ownSecrets() };
    this.connections = new ConnectionStore(this.ports.keyValue);
  }

  /** A sandbox was started and not stopped: the next window goes on with it. */
  get remembered(): boolean {
    return this.#read() !== undefined;
  }

  /** From here on things are kept for this tenant; what was kept for another is forgotten. */
  async begin(tenantId: string): Promise<void> {
    const before = this.#read();
    if (before?.tenantId !== tenantId) {
      await this.#secrets.delete(key);
      await rm(this.#journals, { recursive: true, force: true });
      await this.#values.set(key, { tenantId, kept: {} } satisfies Remembered);
    }
    this.#open = true;
  }

  /** Before a start: what a window that closed in the middle of {@link forget} left must not come back. */
  async prepare(): Promise<void> {
    if (!this.remembered) await this.#removeFiles();
  }

  /**
   * Forgets everything: first that there is something to go on with, then, once the process has ended and writes no more,
   * the files.
   */
  async forget(end: () => Promise<void>): Promise<void> {
    this.#open = false;
    await this.#writing;
    await this.#values.set(key, undefined);
    await this.#secrets.delete(key);
    await end();
    await this.#removeFiles();
  }

  /** The journal of one connection: a sandbox may have several tenants. */
  linesOf(connectionKey: string): Lines {
    const file = fileLines(join(this.#journals, journalName(connectionKey)));
    return {
      append: async (line) => {
        if (this.#open) await file.append(line);
      },
      read: () => file.read(),
    };
  }

  async #removeFiles(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  get #journals(): string {
    return join(this.#folder, 'journal');
  }

  #read(): Remembered | undefined {
    const stored = this.#values.get(key);
    if (typeof stored !== 'object' || stored === null) return undefined;
    const { tenantId, kept } = stored as Record<string, unknown>;
    if (typeof tenantId !== 'string' || typeof kept !== 'object' || kept === null) return undefined;
    return { tenantId, kept: { ...kept } };
  }

  #keyValue(): KeyValue {
    return {
      get: (name) => this.#read()?.kept[name],
      set: async (name, value) => {
        const before = this.#read();
        if (!this.#open || !before) return;
        await this.#values.set(key, { ...before, kept: { ...before.kept, [name]: value } });
      },
    };
  }

  #ownSecrets(): Secrets {
    const change = (name: string, value: string | undefined): Promise<void> => {
      const write = async (): Promise<void> => {
        if (!this.#open) return;
        const all = new Map(Object.entries(await this.#readSecrets()));
        if (value === undefined) all.delete(name);
        else all.set(name, value);
        await this.#secrets.set(key, JSON.stringify(Object.fromEntries(all)));
      };
      const turn = this.#writing.then(write);
      this.#writing = turn.catch(() => undefined);
      return turn;
    };
    return {
      get: async (name) => {
        await this.#writing;
        return (await this.#readSecrets())[name];
      },
      set: (name, value) => change(name, value),
      delete: (name) => change(name, undefined),
    };
  }

  async #readSecrets(): Promise<Readonly<Record<string, string>>> {
    const stored = await this.#secrets.get(key);
    // Written by nobody but this class.
    return stored === undefined ? {} : (JSON.parse(stored) as Record<string, string>);
  }
}
