/**
 * Runs everything, sets up what it needs where it may, and ends with `N passed, N failed`. Names as arguments run only
 * the stages that start with one of them. With `CI` set, anything missing is a failure.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { prepareClients, prepareDnsServers, prepareResolver } from './checks/clients.ts';
import { runStage } from './checks/stage.ts';
import type { Need, Outcome, Stage } from './checks/stage.ts';
import { allStages } from './checks/stages.ts';
import { prepareWorkbench } from './checks/workbench.ts';

process.chdir(join(import.meta.dirname, '..'));
const names = process.argv.slice(2);
const stages = allStages().filter(
  ({ name }) => names.length === 0 || names.some((start) => name.startsWith(start)),
);
const continuous = Boolean(process.env['CI']);

const prepare: Readonly<Record<Need, () => Promise<readonly string[]>>> = {
  workbench: prepareWorkbench,
  clients: prepareClients,
  resolver: prepareResolver,
  dnsServers: prepareDnsServers,
};
const lacking = new Set<Need>();
for (const need of new Set(stages.flatMap(({ needs }) => needs ?? []))) {
  const missing = await prepare[need]();
  for (const what of missing) console.log(`Missing: ${what}`);
  if (missing.length > 0) lacking.add(need);
}

const besideEachOther = stages.filter(({ beside }) => beside);
const oneByOne = stages.filter(({ beside }) => !beside);
const outcomes = [
  ...(await carryOutAll(besideEachOther, availableParallelism())),
  ...(await carryOutAll(oneByOne, 1)),
];

const sum = (part: 'passed' | 'failed' | 'skipped') =>
  outcomes.reduce((total, outcome) => total + outcome[part], 0);
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);

/** Takes the stages in their order, no more than `atOnce` of them at a time. */
async function carryOutAll(all: readonly Stage[], atOnce: number): Promise<readonly Outcome[]> {
  const left = [...all];
  const done: Outcome[] = [];
  const takeTurns = async () => {
    for (let stage = left.shift(); stage; stage = left.shift()) done.push(await carryOut(stage));
  };
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
  return done;
}

async function carryOut(stage: Stage): Promise<Outcome> {
  if (stage.needs && lacking.has(stage.needs)) {
    console.log(`${continuous ? '✗' : '–'} ${stage.name}: left out, what it needs is missing`);
    return { passed: 0, failed: continuous ? 1 : 0, skipped: continuous ? 0 : 1, seconds: 0, output: '' };
  }
  let outcome = await runStage(stage);
  if (outcome.failed > 0 && stage.again) {
    console.log(`✗ ${stage.name}: failed, tried once more\n${outcome.output}`);
    outcome = await runStage(stage);
  }
  const count = stage.counts ? `${outcome.passed} passed, ${outcome.failed} failed, ` : '';
  console.log(`${outcome.failed > 0 ? '✗' : '✓'} ${stage.name} (${count}${outcome.seconds.toFixed(0)} s)`);
  if (outcome.failed > 0) console.log(outcome.output);
  return outcome;
}
