/**
 * The five steps against a sandbox tenant, in the terminal: `npm run rehearse [-- --json --preset NAME --cloud NAME
 * --latency MS --lag NAME --sandbox FILE]`. Exits 0 when every finding is met and every member of the assigned group is in Kiro under the right
 * external ID, 1 when not, 2 when the set-up needs a repair first (nothing is touched then).
 */
import { findings } from '../src/guide/findings.ts';
import { readArgs } from './rehearse/args.ts';
import { walkFiveSteps } from './rehearse/fiveSteps.ts';
import { laterRepairs } from './rehearse/laterRepairs.ts';
import { openOnSandbox } from './rehearse/openOnSandbox.ts';
import { createPerson } from './rehearse/person.ts';
import { missingInKiro, printFindings, summary } from './rehearse/report.ts';
import { runningSandbox, startSandboxProcess } from './rehearse/sandboxProcess.ts';

const args = readArgs(process.argv.slice(2));
const say = (line: string): void => {
  if (!args.json) console.log(line);
};

const sandbox = args.sandbox
  ? await runningSandbox(args.sandbox)
  : await startSandboxProcess(args.sandboxArgs);
try {
  process.exitCode = await rehearse();
} finally {
  await sandbox.stop();
}

async function rehearse(): Promise<number> {
  const { endpoints } = sandbox;
  const began = Date.now();
  const { session, meter } = await openOnSandbox(endpoints);
  const person = createPerson(endpoints);

  const [candidate] = await session.candidates();
  if (candidate) {
    await session.adopt(candidate);
    say(`Continuing with “${candidate.displayName}”, which is in the tenant already.`);
  }
  const first = await session.observe();
  const repairs = laterRepairs(first.snapshot, await person.look());
  let refusal = repairs.join(' ');
  if (repairs.length === 0) {
    try {
      await walkFiveSteps({ session, person, say });
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
    }
  }
  const { snapshot } = repairs.length === 0 ? await session.observe() : first;
  const result = summary(findings(snapshot), meter, (Date.now() - began) / 1000);
  const missing = missingInKiro(snapshot);

  if (!args.json) {
    printFindings(findings(snapshot), say);
    for (const name of missing) say(`  not in Kiro under the right external ID: ${name}`);
    if (refusal)
      say(`\n${repairs.length > 0 ? 'Needs a repair first, so nothing was touched. ' : ''}${refusal}`);
    say(
      `\n${result.met} met, ${result.unmet} not. ${result.requests} requests to Microsoft Graph, ` +
        `${result.roundTrips} of them one after another, in ${result.seconds} seconds.`,
    );
  } else {
    if (refusal) console.error(refusal);
    console.log(JSON.stringify(result));
  }
  if (repairs.length > 0) return 2;
  return result.unmet === 0 && missing.length === 0 && refusal === '' ? 0 : 1;
}
