import { execFile } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Runs a Node.js program in the project's folder; answers with what it prints, or rejects with that and no stack. */
export function runNode(...command: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, command, { cwd: root, maxBuffer: 16_000_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command[0] ?? ''} failed:\n${stdout}${stderr}`));
      else resolve(stdout);
    });
  });
}

/** For the top of a script: a failure is a sentence and exit code 1, not a stack. */
export async function orExplain(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
