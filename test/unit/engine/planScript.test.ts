import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { walkFiveSteps } from '../../../scripts/rehearse/fiveSteps.ts';
import { createPerson } from '../../../scripts/rehearse/person.ts';
import type { ApplyOutcome, Session } from '../../../src/engine/session.ts';
import type { Plan } from '../../../src/guide/change.ts';
import { findings } from '../../../src/guide/findings.ts';
import { text } from '../../../src/guide/text.ts';
import { openSandboxSession, type SandboxSession } from './sandboxSession.ts';

const run = promisify(execFile);

describe('a plan as a bash script', () => {
  let on: SandboxSession;
  let folder: string;
  const scripts: string[] = [];

  before(async () => {
    on = await openSandboxSession();
    folder = await mkdtemp(join(tmpdir(), 'kiro-connect-script-'));
  });

  after(async () => {
    await on.sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('run by bash, step by step, brings a blank tenant to where Apply brings it', async () => {
    await on.session.observe();
    const session = throughScripts(on.session);
    await walkFiveSteps({ session, person: createPerson(on.sandbox.endpoints), say: () => undefined });
    const { snapshot } = await session.observe();
    const open = findings(snapshot).filter(({ status }) => status !== 'met');
    assert.deepEqual(
      open.map(({ id }) => id),
      [],
    );
  });

  it('holds neither of the tokens', async () => {
    const token = await on.ports.secrets.get(`scimToken/${on.session.connection.key}`);
    assert.ok(token);
    for (const script of scripts) {
      assert.ok(!script.includes(token));
      assert.ok(!script.includes(on.sandbox.endpoints.accessToken));
    }
  });

  /** A session whose plans are carried out by bash and curl instead, as often as there is something to send. */
  function throughScripts(session: Session): Session {
    const apply = async (plan: Plan): Promise<ApplyOutcome> => {
      let next = plan;
      for (let round = 0; round < 6; round += 1) {
        if (next.changes.length === 0) break;
        await runScript(session.script(next, 'bash'));
        await session.scriptRan(next);
        const [candidate] = session.kept.application ? [] : await session.candidates();
        if (candidate) await session.adopt(candidate);
        await session.observe();
        next = session.plan(plan.step, { choices: plan.choices, ...(plan.only && { only: plan.only }) });
      }
      assert.deepEqual(
        next.changes.map(({ id }) => id),
        [],
      );
      return { result: 'done', made: [], summary: text('done') };
    };
    return Object.create(session, { apply: { value: apply } }) as Session;
  }

  async function runScript(script: string): Promise<void> {
    scripts.push(script);
    const file = join(folder, `${scripts.length}.sh`);
    await writeFile(file, script);
    const scim = await on.ports.secrets.get(`scimToken/${on.session.connection.key}`);
    const env = { ...process.env, GRAPH_TOKEN: on.sandbox.endpoints.accessToken, SCIM_TOKEN: scim ?? '' };
    await run('bash', [file], { env });
  }
});
