import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { faultsOf } from './check.ts';
import type { CheckedAnswer } from './check.ts';
import type { Edm } from './edm.ts';

/** Every answer of a Graph in this process, checked against Graph's schema. */
export interface Watch {
  /** How many answers were seen so far. */
  readonly seen: () => number;
  /** Waits for what is being read, ends the watch and tells each different fault once. */
  end(): Promise<string[]>;
}

/** The channel that the sandbox's Graph publishes each of its answers on. */
const channel = 'sandbox:graph:answer';

/** Watches until `end`. Several watches don't disturb each other. */
export function watchAnswers(edm: Edm): Watch {
  const faults = new Map<string, string>();
  const reading = new Set<Promise<void>>();
  let seen = 0;
  const check = async (message: unknown): Promise<void> => {
    const { method, path, response } = message as { method: string; path: string; response: Response };
    const answer: CheckedAnswer = {
      method,
      path,
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: await response.text(),
    };
    for (const fault of faultsOf(answer, edm)) {
      const line = `${method} ${withoutIds(path)} ${answer.status}: ${withoutIds(fault)}`;
      if (!faults.has(line)) faults.set(line, `${method} ${path} ${answer.status}: ${fault}`);
    }
  };
  const heard = (message: unknown): void => {
    seen++;
    const work = check(message).finally(() => reading.delete(work));
    reading.add(work);
  };
  subscribe(channel, heard);
  return {
    seen: () => seen,
    end: async () => {
      unsubscribe(channel, heard);
      await Promise.all(reading);
      return [...faults.values()];
    },
  };
}

/** Faults that differ only by the object are one. */
function withoutIds(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}/gi, '{id}')
    .replace(/\[\d+\]/g, '[]')
    .replace(/\?.*$/, '');
}
