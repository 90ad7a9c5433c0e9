/**
 * Preloaded into the processes that a test run starts: in one that is a sandbox, every answer of its Graph is appended to a
 * file of its own in the folder that `SANDBOX_ANSWERS` names, a JSON line each.
 */
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerChannel, readAnswer } from './watch.ts';

const folder = process.env['SANDBOX_ANSWERS'];
if (folder !== undefined && /[\\/]sandbox[\\/]cli\.ts$/.test(process.argv[1] ?? '')) {
  const file = join(folder, `${process.pid}.jsonl`);
  subscribe(answerChannel, (message) => {
    void readAnswer(message).then((answer) => appendFileSync(file, `${JSON.stringify(answer)}\n`));
  });
}
