/**
 * Measures the comparison of a hundred thousand people against Kiro's endpoint in the sandbox, each run in a process of its
 * own.
 *
 * Memory: with room to spare Node puts collections off, so the resident set of a run says how much garbage Node let lie: the
 * bare loop, which keeps nothing, is some 75 MB over idle too, the comparison some 190. What is needed shows where room is
 * scarce: with a heap of 40 MB in all, idle's 23 included, the comparison still ends, 32 MB resident over idle.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSandboxProcess } from '../../scripts/rehearse/sandboxProcess.ts';
import type { SandboxEndpoints } from '../../src/engine/connection.ts';
import type { ClientResult, ClientTask } from './compareClient.ts';

export interface Compare {
  readonly people: number;
  /**
   * Time against a bare loop that fetches the same pages: the median of the rounds' ratios. The two of a round run one right
   * after the other, so a machine that is busy for a while slows both; one lucky round does not decide.
   */
  readonly ratio: number;
  /**
   * Peak over idle, the larger of what is held (`heapUsed` + `external` right after collections) and of the resident set
   * where the heap is scarce ({@link scarce}).
   */
  readonly peakMB: number;
}

export interface CompareDetail extends Compare {
  /** The same by the fastest round of each. */
  readonly fastestRatio: number;
  readonly seconds: number;
  readonly bareSeconds: number;
  readonly heldMB: number;
  readonly scarceMB: number;
  /** Median peak of the resident set over idle, garbage included, in the timed rounds; and of the bare loop. */
  readonly residentMB: number;
  readonly bareResidentMB: number;
  readonly requests: number;
}

const run = promisify(execFile);
const client = join(import.meta.dirname, 'compareClient.ts');
/** A heap, idle included, in which garbage has to be collected before it piles up. */
const scarce = ['--max-old-space-size=64', '--max-semi-space-size=1'];
const groupNames = ['Kiro users', 'Staff'];

/** In every other round the comparison goes first, so that what drifts favours neither side. */
export async function measureCompare(people: number, rounds: number): Promise<CompareDetail> {
  const sandbox = await startSandboxProcess(['--preset', `synced:${people}`]);
  try {
    const task = await taskFor(sandbox.endpoints);
    const measured: ClientResult[] = [];
    const bare: ClientResult[] = [];
    // The first round warms the sandbox up.
    for (let round = 0; round <= rounds; round += 1) {
      const compareFirst = round % 2 === 1;
      const early = compareFirst ? await runClient({ ...task, mode: 'compare' }) : undefined;
      const one = await runClient({ ...task, mode: 'bare' });
      const other = early ?? (await runClient({ ...task, mode: 'compare' }));
      if (one.requests !== other.requests) {
        throw new Error(`Not the same pages: ${one.requests} requests against ${other.requests}`);
      }
      if (round === 0) continue;
      bare.push(one);
      measured.push(other);
    }
    const memory = await runClient({ ...task, mode: 'memory' });
    const { residentMB: scarceMB } = await runClient({ ...task, mode: 'compare' }, scarce);
    const times = measured.map((one) => one.ms);
    const bareTimes = bare.map((one) => one.ms);
    return {
      people: memory.people,
      ratio: rounded(median(times.map((ms, round) => ms / (bareTimes[round] ?? NaN))), 100),
      peakMB: rounded(Math.max(memory.heldMB, scarceMB), 10),
      heldMB: rounded(memory.heldMB, 10),
      scarceMB: rounded(scarceMB, 10),
      fastestRatio: rounded(Math.min(...times) / Math.min(...bareTimes), 100),
      seconds: rounded(Math.min(...times) / 1000, 10),
      bareSeconds: rounded(Math.min(...bareTimes) / 1000, 10),
      residentMB: residentOf(measured),
      bareResidentMB: residentOf(bare),
      requests: memory.requests,
    };
  } finally {
    await sandbox.stop();
  }
}

async function taskFor(endpoints: SandboxEndpoints): Promise<Omit<ClientTask, 'mode'>> {
  const { graph, accessToken, scim, console } = endpoints;
  const made = (await asked(`${console}/tokens`, { accept: 'application/json' }, 'POST')) as {
    token: { secret: string };
  };
  const scimToken = made.token.secret;
  const names = groupNames.map((name) => `'${name}'`).join();
  const { value: groups } = (await asked(
    `${graph}/groups?$filter=displayName in (${names})&$select=id,displayName`,
    { authorization: `Bearer ${accessToken}` },
  )) as { value: { id: string; displayName: string }[] };
  const { Resources } = (await asked(`${scim}/Groups`, { authorization: `Bearer ${scimToken}` })) as {
    Resources: { id: string; externalId: string }[];
  };
  const kiroGroups = groups.flatMap(
    ({ id }) => Resources.find(({ externalId }) => externalId === id)?.id ?? [],
  );
  return { graph, accessToken, scim, scimToken, groups, kiroGroups };
}

async function asked(url: string, headers: Record<string, string>, method = 'GET'): Promise<unknown> {
  const response = await fetch(url, { method, headers });
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return response.json();
}

async function runClient(task: ClientTask, flags: readonly string[] = []): Promise<ClientResult> {
  const { stdout } = await run(process.execPath, ['--expose-gc', ...flags, client], {
    env: { ...process.env, COMPARE: JSON.stringify(task) },
  });
  return JSON.parse(stdout) as ClientResult;
}

function residentOf(results: readonly ClientResult[]): number {
  return rounded(median(results.map(({ residentMB }) => residentMB)), 10);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
