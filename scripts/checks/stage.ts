import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What is set up before a stage, once for all that need it. */
export type Need = 'workbench' | 'clients' | 'resolver' | 'dnsServers';

/** What `npm test` runs as one part: programs one after the other, all of which must exit with 0. */
export interface Stage {
  readonly name: string;
  /** Node.js programs: a script of ours, or the entry of an installed tool, with its arguments. */
  readonly commands: readonly (readonly string[])[];
  /** Programs whose output is a mocha report count its tests; the others count as one. */
  readonly counts?: 'mocha';
  /** What has to be there: without it the stage is left out, and with `CI` set that is a failure. */
  readonly needs?: Need;
  readonly env?: Readonly<Record<string, string>>;
  /** Drives no workbench, and what it says of time has room to spare: may run beside others of its kind. */
  readonly beside?: boolean;
  /** Drives a browser: a failure is tried once more, and both runs are shown. */
  readonly again?: boolean;
}

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly output: string;
}

const root = join(import.meta.dirname, '..', '..');
/** No stage takes a tenth of it; one that does hangs. */
const limit = 600_000;

export async function runStage(stage: Stage): Promise<Outcome> {
  const started = performance.now();
  let output = '';
  let code = 0;
  for (const command of stage.commands) {
    const result = await runNode(command, stage.env ?? {});
    output += result.output;
    code ||= result.code;
  }
  const seconds = (performance.now() - started) / 1000;
  if (stage.counts !== 'mocha')
    return { passed: code ? 0 : 1, failed: code ? 1 : 0, skipped: 0, seconds, output };
  const count = (word: string) => Number(new RegExp(`^ *(\\d+) ${word}\\b`, 'm').exec(output)?.[1] ?? 0);
  const failed = count('failing');
  const passed = count('passing');
  // A run that fails without a failing test never came to its report; one that passes without a test has run none.
  const broken = (code !== 0 && failed === 0) || (code === 0 && passed === 0);
  return { passed, failed: broken ? failed + 1 : failed, skipped: count('pending'), seconds, output };
}

function runNode(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limit,
    });
    let output = '';
    const take = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.once('close', (code, signal) => {
      if (signal) output += `Ended by ${signal} (each program has ${limit / 60_000} minutes).\n`;
      resolve({ code: code ?? 1, output });
    });
  });
}
