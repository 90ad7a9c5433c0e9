/**
 * One run in a process of its own: the comparison, or a bare loop that only fetches the same pages. Prints one JSON line.
 * Run with --expose-gc; what it needs stands in the environment variable COMPARE.
 */
import { comparePeople } from '../../src/engine/comparePeople.ts';
import { createGraphClient } from '../../src/entra/graphClient.ts';
import { createScimClient } from '../../src/scim/scimClient.ts';

export interface ClientTask {
  /** `memory` is the comparison again, with the collector run between pages, so that garbage does not count. */
  readonly mode: 'compare' | 'bare' | 'memory';
  readonly graph: string;
  readonly accessToken: string;
  readonly scim: string;
  readonly scimToken: string;
  readonly groups: readonly { readonly id: string; readonly displayName: string }[];
  /** Ids of the same groups in Kiro, whose members are asked for by filter. */
  readonly kiroGroups: readonly string[];
}

export interface ClientResult {
  readonly ms: number;
  /** Peak over idle of what is held (`heapUsed` + `external` after a collection); measured by `memory` only. */
  readonly heldMB: number;
  /** Peak over idle of the resident set, garbage included. */
  readonly residentMB: number;
  readonly people: number;
  readonly requests: number;
}

/** Pages between two collections of `memory`. */
const samplePages = 25;

const task = JSON.parse(process.env['COMPARE'] ?? '') as ClientTask;
let requests = 0;
let resident = 0;
let held = 0;
const counted: typeof fetch = async (...args) => {
  requests += 1;
  const response = await fetch(...args);
  if (requests % samplePages === 0) sample();
  return response;
};

// The first request opens connections and loads what fetching needs: idle is after that.
await (await fetch(`${task.scim}/Users?count=1`, { headers: bearer(task.scimToken) })).text();
const idle = { resident: process.memoryUsage.rss(), held: heldNow() };
const began = performance.now();
const people = task.mode === 'bare' ? await bare() : await compare();
const ms = performance.now() - began;
sample();
const megabytes = (bytes: number): number => bytes / 2 ** 20;
const result: ClientResult = {
  ms,
  heldMB: megabytes(held - idle.held),
  residentMB: megabytes(resident - idle.resident),
  people,
  requests,
};
console.log(JSON.stringify(result));

function sample(): void {
  resident = Math.max(resident, process.memoryUsage.rss());
  if (task.mode === 'memory') held = Math.max(held, heldNow());
}

function heldNow(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function compare(): Promise<number> {
  const { accessToken, groups } = task;
  const graph = createGraphClient({
    baseUrl: task.graph,
    accessToken: async () => accessToken,
    fetch: counted,
  });
  const scim = createScimClient({ baseUrl: task.scim, token: task.scimToken, fetch: counted });
  const compared = await comparePeople({ graph, scim, now: Date.now }, { groups, direct: [] });
  const { arrived, counts } = compared;
  const wrong = Object.entries(counts).filter(([, count]) => count > 0);
  if (wrong.length > 0) throw new Error(`Differences where there are none: ${JSON.stringify(wrong)}`);
  return arrived;
}

/**
 * The same pages as a plain loop asks for them: Entra's people beside Kiro's records and groups, page by page to the end of
 * each, then the memberships; nothing is made of a page. The comparison gains some of its time by asking for memberships
 * meanwhile: against a loop that does so too it took 1.27 times as long on the same machine.
 */
async function bare(): Promise<number> {
  await Promise.all([
    fetchJson(`${task.scim}/ServiceProviderConfig`, task.scimToken),
    fetchJson(`${task.scim}/Schemas`, task.scimToken),
  ]);
  const [people] = await Promise.all([bareMembers(), bareScim('/Users?'), bareScim('/Groups?')]);
  for (const id of task.kiroGroups) {
    await bareScim(`/Users?filter=${encodeURIComponent(`groups.value eq "${id}"`)}&`);
  }
  return people;
}

async function bareMembers(): Promise<number> {
  let people = 0;
  const select = 'id,displayName,userPrincipalName,accountEnabled,userType';
  for (const { id } of task.groups) {
    let next: string | undefined = `${task.graph}/groups/${id}/members?$top=999&$select=${select}`;
    while (next !== undefined) {
      const body = await fetchJson(next, task.accessToken);
      people += Array.isArray(body['value']) ? body['value'].length : 0;
      next = body['@odata.nextLink'] as string | undefined;
    }
  }
  return people;
}

async function bareScim(path: string): Promise<number> {
  let cursor: string | undefined = '';
  let entries = 0;
  while (cursor !== undefined) {
    const body = await fetchJson(
      `${task.scim}${path}cursor=${encodeURIComponent(cursor)}&count=100`,
      task.scimToken,
    );
    entries += Array.isArray(body['Resources']) ? body['Resources'].length : 0;
    cursor = body['nextCursor'] as string | undefined;
  }
  return entries;
}

async function fetchJson(url: string, token: string): Promise<Record<string, unknown>> {
  const response = await counted(url, { headers: bearer(token) });
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return (await response.json()) as Record<string, unknown>;
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
