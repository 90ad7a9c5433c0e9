import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from './file.ts';

/** A state file that is ours until it is given back. */
export interface Lock {
  release(): Promise<void>;
}

/** The one before us has this long to write and end, in milliseconds. */
const PATIENCE = 5000;
const ASK_EVERY = 50;
const BEAT = 2000;
/** A lock without a beat for this long was left by a process that is gone, whoever has its number now. */
const SILENCE = 10_000;

/**
 * Takes a state file for this process by a file beside it, `.lock` behind its name: two sandboxes that write one file would
 * undo each other. Waits a little for another that is just ending, and rejects with a sentence when it doesn't end.
 */
export async function lockFile(file: string): Promise<Lock> {
  const path = `${file}.lock`;
  await mkdir(dirname(file), { recursive: true });
  const giveUp = Date.now() + PATIENCE;
  while (!(await take(path))) {
    if (await isLeft(path)) {
      await rm(path, { force: true });
      // Others may have seen the same: they are not to find it in step with us.
      await delay(Math.random() * ASK_EVERY);
    } else if (Date.now() > giveUp)
      throw new Error(`Another sandbox tenant is running with the state in ${file}. Stop that one first.`);
    else await delay(ASK_EVERY);
  }
  const beat = setInterval(() => {
    const now = new Date();
    // Without a beat the lock is only given up sooner.
    void utimes(path, now, now).catch(() => undefined);
  }, BEAT).unref();
  return {
    release: async () => {
      clearInterval(beat);
      await rm(path, { force: true });
    },
  };
}

async function take(path: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600);
    try {
      await handle.writeFile(String(process.pid));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw new Error(`The state file's folder can't be written to: ${codeOf(error)}.`);
  }
}

async function isLeft(path: string): Promise<boolean> {
  try {
    const [{ mtimeMs }, text] = await Promise.all([stat(path), readFile(path, 'utf8')]);
    if (Date.now() - mtimeMs > SILENCE) return true;
    // Empty for the moment between making and writing it.
    return text !== '' && !isAlive(Number(text));
  } catch (error) {
    return codeOf(error) === 'ENOENT';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
