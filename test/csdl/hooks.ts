import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphSchema } from './edm.ts';
import { watchAnswers } from './watch.ts';
import type { Watch } from './watch.ts';

let watch: Watch | undefined;
/** Where the sandboxes that run in processes of their own record their answers. */
let records: string | undefined;

/** Root hooks of a test run: whatever a sandbox's Graph answers, here or in a child process, must fit Graph's own schema. */
export const mochaHooks = {
  beforeAll(): void {
    const edm = graphSchema();
    if (!edm) return;
    watch = watchAnswers(edm);
    records = mkdtempSync(join(tmpdir(), 'sandbox-answers-'));
    process.env['SANDBOX_ANSWERS'] = records;
    const preload = new URL('recordAnswers.ts', import.meta.url).href;
    process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --import ${preload}`.trim();
  },
  async afterAll(): Promise<void> {
    if (!watch || records === undefined) {
      console.log(
        "  Left out: Microsoft Graph's schema isn't beside the project, so the sandbox's answers weren't checked against it.",
      );
      return;
    }
    const here = watch.seen();
    await watch.recorded(records);
    rmSync(records, { recursive: true, force: true });
    const seen = watch.seen();
    const faults = await watch.end();
    if (faults.length > 0)
      throw new Error(
        `Answers of the sandbox's Graph that its schema doesn't have:\n  ${faults.join('\n  ')}`,
      );
    if (seen > 0)
      console.log(
        `  ${seen} answers of the sandbox's Graph fit Microsoft Graph's schema, ${seen - here} of them from child processes.`,
      );
  },
};
