import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { faultsOf } from './check.ts';
import type { CheckedAnswer } from './check.ts';
import type { Edm } from './edm.ts';

/** Every answer of a Graph in this process, checked against Graph's schema. */
export interface Watch {
  /** How many answers were seen so far. */
  readonly seen: () => number;
  /** Checks what sandboxes in other processes answered, as `recordAnswers.ts` wrote it into this folder. */
  recorded(folder: string): Promise<void>;
  /** Waits for what is being read, ends the watch and tells each different fault once. */
  end(): Promise<string[]>;
}

/** The channel that the sandbox's Graph publishes each of its answers on. */
export const answerChannel = 'sandbox:graph:answer';

/** Watches until `end`. Several watches don't disturb each other. */
export function watchAnswers(edm: Edm): Watch {
  const faults = new Map<string, string>();
  const reading = new Set<Promise<void>>();
  let seen = 0;
  const check = (answer: CheckedAnswer): void => {
    const { method, path, status } = answer;
    for (const fault of faultsOf(answer, edm)) {
      const line = `${method} ${withoutIds(path)} ${status}: ${withoutIds(fault)}`;
      if (!faults.has(line)) faults.set(line, `${method} ${path} ${status}: ${fault}`);
    }
  };
  const heard = (message: unknown): void => {
    seen++;
    const work = readAnswer(message)
      .then(check)
      .finally(() => reading.delete(work));
    reading.add(work);
  };
  subscribe(answerChannel, heard);
  return {
    seen: () => seen,
    async recorded(folder) {
      for (const name of readdirSync(folder)) {
        const lines = createInterface({ input: createReadStream(join(folder, name)), crlfDelay: Infinity });
        for await (const line of lines) {
          seen++;
          check(JSON.parse(line) as CheckedAnswer);
        }
      }
    },
    end: async () => {
      unsubscribe(answerChannel, heard);
      await Promise.all(reading);
      return [...faults.values()];
    },
  };
}

/** An answer as the channel publishes it, its body read. */
export async function readAnswer(message: unknown): Promise<CheckedAnswer> {
  const { method, path, response } = message as { method: string; path: string; response: Response };
  return {
    method,
    path,
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: await response.text(),
  };
}

/** Faults that differ only by the object are one. */
function withoutIds(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}/gi, '{id}')
    .replace(/\[\d+\]/g, '[]')
    .replace(/\?.*$/, '');
}
