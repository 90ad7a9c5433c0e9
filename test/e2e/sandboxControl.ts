import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The control server of the sandbox that the extension started. Its address reaches nobody but the extension, so that it is
 * found here among the sockets of the process (Linux only).
 */
export class SandboxControl {
  readonly #address: string;
  readonly #pid: string;

  private constructor(address: string, pid: string) {
    this.#address = address;
    this.#pid = pid;
  }

  /** `marker`: a part of the path that the sandbox's script runs from. Throws where there is no such process. */
  static async find(marker: string): Promise<SandboxControl> {
    for (const pid of await processes(marker)) {
      for (const port of await listeningPorts(pid)) {
        const address = `http://127.0.0.1:${port}`;
        // Other ports of it speak DNS, and wait for the rest of what they take for a message.
        const signal = AbortSignal.timeout(1_000);
        const faults = await fetch(`${address}/faults`, { signal }).catch(() => undefined);
        if (faults?.ok && Array.isArray(await faults.json().catch(() => undefined)))
          return new SandboxControl(address, pid);
      }
    }
    throw new Error('No sandbox runs that could be controlled.');
  }

  /** Arms a fault; see `src/sandbox/README.md`. */
  async fault(fault: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#send('/faults', fault);
  }

  /** Process that started it: the extension host. */
  async parent(): Promise<number> {
    const status = await readFile(join('/proc', this.#pid, 'status'), 'utf8');
    return Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
  }

  /** How long reads lag behind writes; what is begun by the extension lags as a tenant does. */
  async lag(lag: string): Promise<void> {
    await this.#send('/lag', { lag });
  }

  /** Arranges something for an account's sign-ins; see `src/sandbox/login/README.md`. */
  async arrange(
    what: 'failures' | 'revoke' | 'expire' | 'activate-role' | 'challenges' | 'token-lifetime',
    body: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.#send(`/sign-in/${what}`, body);
  }

  /** What Graph, SCIM and the login answered so far. */
  async requests(): Promise<
    readonly {
      readonly server: string;
      readonly method: string;
      readonly path: string;
      readonly status: number;
    }[]
  > {
    const answer = await fetch(`${this.#address}/requests`);
    return (await answer.json()) as Awaited<ReturnType<SandboxControl['requests']>>;
  }

  async mend(): Promise<void> {
    await fetch(`${this.#address}/faults`, { method: 'DELETE' });
  }

  async #send(path: string, body: unknown): Promise<void> {
    const answer = await fetch(this.#address + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }
}

async function processes(marker: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const line = await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '');
    if (line.includes(marker) && line.includes('sandbox.cjs')) found.push(pid);
  }
  return found;
}

async function listeningPorts(pid: string): Promise<readonly number[]> {
  const folder = join('/proc', pid, 'fd');
  const links = await Promise.all(
    (await readdir(folder)).map((fd) => readlink(join(folder, fd)).catch(() => '')),
  );
  const inodes = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]));
  const table = await readFile(join('/proc', pid, 'net', 'tcp'), 'utf8');
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && inodes.has(inode))
    .map(([, local]) => parseInt(local?.split(':')[1] ?? '0', 16));
}
