/**
 * The fault catalogue: `npm run faults [-- --json] [--only WORDS] [--sandbox FILE]`. Breaks one set-up after the other, lets the
 * tool name the cause and mend what it offers to mend. Exits 1 when a cause is not named, a repair does not end with every
 * requirement met, or a set-up that is right is told to be wrong.
 */
import { parseArgs } from 'node:util';
import { carryOut, type Outcome } from './carryOut.ts';
import { catalogue } from './catalogue.ts';
import { diagnose } from './diagnose.ts';
import { alarms } from './healthy.ts';
import { inParallel } from './inParallel.ts';

const { values: args } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    sandbox: { type: 'string' },
  },
});

if (args.sandbox !== undefined) {
  console.log(JSON.stringify({ causes: await diagnose(args.sandbox) }));
} else {
  process.exitCode = await runCatalogue();
}

async function runCatalogue(): Promise<number> {
  const { only } = args;
  const faults = catalogue.filter(
    ({ name, cause }) => only === undefined || `${name} ${cause}`.includes(only),
  );
  const outcomes = await inParallel(faults, carryOut);
  const falseAlarms = only === undefined ? await alarms() : [];
  if (!args.json) {
    for (const outcome of outcomes) print(outcome);
    for (const alarm of falseAlarms) console.log(`false alarm: ${alarm}`);
  }
  const named = outcomes.filter(({ rank }) => rank > 0);
  const repairable = outcomes.filter((outcome) => outcome.repairable);
  const repaired = outcomes.filter((outcome) => outcome.repaired);
  const summary = {
    cases: outcomes.length,
    named: named.length,
    repairable: repairable.length,
    repaired: repaired.length,
    falseAlarms: falseAlarms.length,
  };
  if (args.json) console.log(JSON.stringify(summary));
  else
    console.log(
      `\n${summary.named} of ${summary.cases} named, ${summary.repaired} of ${summary.repairable} repaired, ${summary.falseAlarms} false alarms`,
    );
  const right =
    named.length === outcomes.length && repaired.length === repairable.length && falseAlarms.length === 0;
  return right ? 0 : 1;
}

function print({ fault, rank, repairable, repaired, causes, left, seconds }: Outcome): void {
  const mark = rank > 0 && repairable === repaired ? '✓' : '✗';
  const mended = repairable ? (repaired ? 'repaired' : 'NOT REPAIRED') : 'by hand';
  console.log(
    `${mark} ${fault.cause.padEnd(34)} ${String(rank).padStart(2)}  ${mended.padEnd(12)} ${fault.name} (${seconds.toFixed(1)} s)`,
  );
  if (rank === 0) for (const { id, evidence } of causes) console.log(`    ${id}: ${evidence}`);
  else if (rank > 1)
    console.log(
      `    before it: ${causes
        .slice(0, rank - 1)
        .map(({ id }) => id)
        .join(', ')}`,
    );
  if (repairable && !repaired) console.log(`    left: ${left}`);
}
