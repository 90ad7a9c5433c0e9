import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Lines } from '../../engine/ports.ts';

/**
 * Lines in a file of the extension's own storage. An appended line is on the disk (fsync) before `append` resolves, and
 * appends follow each other. Only the account that runs VS Code may read the file.
 */
export function fileLines(path: string): Lines {
  let last: Promise<void> = Promise.resolve();
  const append = async (line: string): Promise<void> => {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a', 0o600);
    try {
      await file.appendFile(`${line}\n`, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
  };
  return {
    append: (line) => {
      last = last.catch(() => undefined).then(() => append(line));
      return last;
    },
    read: async () => {
      await last.catch(() => undefined);
      const content = await readFile(path, 'utf8').catch((error: unknown) => {
        if (isMissing(error)) return '';
        throw error;
      });
      return content.split('\n').filter((line) => line !== '');
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Name of the file that holds the journal of a connection. */
export function journalName(connectionKey: string): string {
  return `${connectionKey.replaceAll(/[^\w.-]/g, '_')}.jsonl`;
}
