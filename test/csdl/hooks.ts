import { graphSchema } from './edm.ts';
import { watchAnswers } from './watch.ts';
import type { Watch } from './watch.ts';

let watch: Watch | undefined;

/** Root hooks of the unit tests: whatever a sandbox's Graph answers in this process must fit Graph's own schema. */
export const mochaHooks = {
  beforeAll(): void {
    const edm = graphSchema();
    if (edm) watch = watchAnswers(edm);
  },
  async afterAll(): Promise<void> {
    if (!watch) {
      console.log(
        "  Left out: Microsoft Graph's schema isn't beside the project, so the sandbox's answers weren't checked against it.",
      );
      return;
    }
    const seen = watch.seen();
    const faults = await watch.end();
    if (faults.length > 0)
      throw new Error(
        `Answers of the sandbox's Graph that its schema doesn't have:\n  ${faults.join('\n  ')}`,
      );
    if (seen > 0) console.log(`  ${seen} answers of the sandbox's Graph fit Microsoft Graph's schema.`);
  },
};
