/**
 * Measures a sandbox tenant of a hundred thousand people: until its first line, a page of 999 members anywhere in the group,
 * look-ups by filter, and how long a request waits while the tenant is being saved. The last line is one JSON object
 * with `--json`; with `--check` the exit code says whether every budget is kept.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandboxProcess } from '../../scripts/rehearse/sandboxProcess.ts';

const budget = { startMs: 10_000, pageMs: 50 };
const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    check: { type: 'boolean' },
    people: { type: 'string', default: '100000' },
    preset: { type: 'string', default: 'large' },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'sandbox-large-'));
const file = join(folder, 'state.json');
const began = performance.now();
const sandbox = await startSandboxProcess(['--preset', `${values.preset}:${values.people}`, '--state', file]);
const startMs = Math.round(performance.now() - began);
try {
  const { graph, accessToken, control } = sandbox.endpoints;
  const headers = { authorization: `Bearer ${accessToken}`, consistencylevel: 'eventual' };
  const get = async (url: string): Promise<Record<string, unknown>> => {
    const response = await fetch(url.startsWith('http') ? url : `${graph}${url}`, { headers });
    if (!response.ok) throw new Error(`${response.status} for ${url}: ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const rows = (body: Record<string, unknown>): Record<string, unknown>[] =>
    Array.isArray(body['value']) ? (body['value'] as Record<string, unknown>[]) : [];
  const [staff] = rows(await get("/groups?$filter=displayName eq 'Staff'"));
  if (!staff) throw new Error('There is no group "Staff".');
  const select = '$select=id,displayName,userPrincipalName,accountEnabled,userType,mail';

  const pages: number[] = [];
  let people = 0;
  let next: string | undefined = `/groups/${String(staff['id'])}/members?$top=999&${select}`;
  while (next !== undefined) {
    const start = performance.now();
    const body: Record<string, unknown> = await get(next);
    pages.push(performance.now() - start);
    people += rows(body).length;
    next = typeof body['@odata.nextLink'] === 'string' ? body['@odata.nextLink'] : undefined;
  }
  const last = `person${values.people.padStart(4, '0')}`;
  const filters: Record<string, number> = {};
  for (const [name, query] of [
    ['byId', `/users?$filter=id eq '${String(staff['id'])}'`],
    ['byName', `/users?$filter=userPrincipalName eq '${last}@contoso.com'`],
    ['startsWith', `/users?$filter=startswith(displayName,'Person ${values.people}')&$top=5`],
    ['noMatch', `/users?$filter=startswith(displayName,'Nobody')`],
    ['search', `/users?$search="displayName:Person ${values.people}"&$count=true`],
  ] as const) {
    await get(query);
    const times = await repeated(5, () => get(query));
    filters[name] = median(times);
  }

  // While the tenant is saved every request still has to be answered soon.
  let saving = true;
  const saved = fetch(`${control}/state/save`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ file: join(folder, 'copy.json') }),
  }).finally(() => (saving = false));
  const waits: number[] = [];
  const small = `/groups/${String(staff['id'])}?$select=id`;
  while (saving) waits.push(...(await repeated(1, () => get(small))));
  if (!(await saved).ok) throw new Error('The state could not be saved.');

  const result = {
    preset: values.preset,
    people,
    startMs,
    pageMs: median(pages),
    slowestPageMs: round(Math.max(...pages)),
    filters,
    saveMegabytes: Math.round((await stat(join(folder, 'copy.json'))).size / 1e6),
    slowestWhileSavingMs: round(Math.max(...waits)),
  };
  console.log(
    `${result.preset}:${people} started in ${startMs} ms (budget ${budget.startMs}); a page of 999 members took ${result.pageMs} ms (budget ${budget.pageMs}), at most ${result.slowestPageMs} ms`,
  );
  console.log(`Look-ups in ms: ${JSON.stringify(filters)}`);
  console.log(
    `Saved ${result.saveMegabytes} MB; meanwhile the slowest answer took ${result.slowestWhileSavingMs} ms`,
  );
  if (values.json) console.log(JSON.stringify(result));
  if (values.check && (startMs >= budget.startMs || result.pageMs >= budget.pageMs)) process.exitCode = 1;
} finally {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
}

async function repeated(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < times; n++) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return taken;
}

function median(values: readonly number[]): number {
  return round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
