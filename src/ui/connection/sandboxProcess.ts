import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { SandboxEndpoints } from '../../engine/connection.ts';
import type { Log } from '../../engine/ports.ts';
import { parseSandboxLine } from '../../engine/sandboxLine.ts';

/** A sandbox tenant that runs in a child process of ours. */
export interface RunningSandbox {
  readonly endpoints: SandboxEndpoints;
  /** Settles when the process has ended, however it came to it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** The servers listen within this time, in milliseconds, or something is wrong. */
const startLimit = 20_000;

/**
 * Starts the sandbox's bundle with the program that runs us. Its addresses come over this pipe and in no other way; its
 * standard input stays open, so that it ends when we do.
 */
export async function startSandbox(
  script: string,
  args: readonly string[],
  log: Log,
): Promise<RunningSandbox> {
  const child = spawn(process.execPath, [script, '--json', '--parent-pipe', ...args], {
    env: { PATH: process.env['PATH'] ?? '', ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  // Ending with us is what the open pipe is for: a broken one is no news.
  child.stdin.on('error', () => undefined);
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.info(`sandbox: ${line}`);
    said.splice(0, said.length, line);
  });
  try {
    const endpoints = parseSandboxLine(await firstLine(child, said), { https: false });
    return { endpoints, ended, stop: () => stop(child, ended) };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Rejects with what the process said last, when it ended because it could not do what it was asked. */
function firstLine(child: ChildProcessWithoutNullStreams, said: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The sandbox printed nothing in time.')), startLimit);
    const lines = createInterface({ input: child.stdout });
    lines.once('line', (line) => {
      clearTimeout(timer);
      lines.close();
      // Whatever it prints later is let go, so that the pipe never fills.
      child.stdout.resume();
      resolve(line);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      const sentence = code === 2 ? said[0] : undefined;
      reject(new Error(sentence ?? `The sandbox ended before it was ready, with code ${code ?? 'none'}.`));
    });
  });
}

/** A closed pipe lets it save its state on every system; a signal would not, on some. */
async function stop(child: ChildProcessWithoutNullStreams, ended: Promise<void>): Promise<void> {
  child.stdin.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), 2_000);
  await ended;
  clearTimeout(timer);
}
