import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseSandboxLine } from '../../src/engine/sandboxLine.ts';
import type { SandboxEndpoints } from '../../src/engine/connection.ts';

/** A sandbox to rehearse on; `stop` leaves one alone that was running before. */
export interface RunningSandbox {
  readonly endpoints: SandboxEndpoints;
  stop(): Promise<void>;
}

/** Starts a sandbox of our own. Rejects if it ends before it described itself. */
export async function startSandboxProcess(args: readonly string[]): Promise<RunningSandbox> {
  const cli = fileURLToPath(new URL('../../src/sandbox/cli.ts', import.meta.url));
  const child = spawn(process.execPath, [cli, '--json', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, 'line').then(([first]: unknown[]) => String(first)),
    exited.then(() => {
      throw new Error('The sandbox ended before it was ready.');
    }),
  ]);
  return {
    endpoints: parseSandboxLine(line),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** A sandbox that runs already, described by its first line of output in a file. */
export async function runningSandbox(file: string): Promise<RunningSandbox> {
  const [line = ''] = (await readFile(file, 'utf8')).split('\n');
  return { endpoints: parseSandboxLine(line), stop: async () => undefined };
}
