import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseSandboxLine } from '../../../src/engine/sandboxLine.ts';
import type { SandboxEndpoints } from '../../../src/engine/connection.ts';

const program = new URL('../../../src/sandbox/cli.ts', import.meta.url).pathname;

/** A sandbox as a process of its own, with what it says on standard error. */
export interface StateProcess {
  readonly line: SandboxEndpoints;
  readonly said: () => string;
  kill(signal: NodeJS.Signals): void;
  /** Ends it as a signal or a closed pipe does; checks that it is quick. */
  end(how?: 'SIGTERM' | 'pipe'): Promise<void>;
}

/** Starts the sandbox with a state file. Rejects with what it said when it ends before its first line. */
export async function startWithState(file: string, ...args: string[]): Promise<StateProcess> {
  const child = spawn(process.execPath, [program, '--json', '--parent-pipe', '--state', file, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (part) => (said += String(part)));
  const exited = once(child, 'close');
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(() => {
      throw new Error(said);
    }),
  ])) as [string];
  return {
    line: parseSandboxLine(line),
    said: () => said,
    kill: (signal) => child.kill(signal),
    async end(how = 'SIGTERM') {
      const began = performance.now();
      if (how === 'pipe') child.stdin.end();
      else child.kill(how);
      await exited;
      assert.ok(performance.now() - began < 2000);
    },
  };
}
