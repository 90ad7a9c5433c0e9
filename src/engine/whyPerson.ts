import { conditionalAccessPolicies } from '../entra/conditionalAccessPolicies.ts';
import { readBatch, readOne, type ReadOptions } from '../entra/batch.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import { personEvents } from '../entra/personEvents.ts';
import { signInsOf } from '../entra/signIns.ts';
import { transitiveMemberOf } from '../entra/transitiveMemberOf.ts';
import { usersNamed } from '../entra/users.ts';
import type { PersonAccount, PersonSighting } from '../guide/diagnosis/person.ts';
import { personChain, type PersonChain } from '../guide/diagnosis/personChain.ts';
import type { Health } from '../guide/health.ts';
import { known, valueOf, type Observed, type Snapshot } from '../guide/snapshot.ts';
import { askFor } from './askFor.ts';
import { readKiroPerson } from './kiroPerson.ts';
import { notInCloud, notRead, observed, unreadable } from './observed.ts';
import type { KiroDeps } from './observeKiro.ts';

export interface WhyOptions {
  readonly signal?: AbortSignal;
  /** The account that was meant, where a name fits several. */
  readonly account?: PersonAccount;
  /** Ask for permission to read policies and sign-ins, in the browser if need be. */
  readonly deeper?: boolean;
}

/** The chain of the one person who was meant; or all whom the name fits, to choose from. */
export type WhyAnswer = { readonly chain: PersonChain } | { readonly several: readonly PersonAccount[] };

export interface WhyDeps {
  readonly graph: GraphClient;
  readonly kiro: KiroDeps;
  /** Looks at the tenant afresh. */
  readonly observe: () => Promise<{ readonly snapshot: Snapshot; readonly health: Health }>;
}

/** Reads everything between one person and Kiro. What can't be read is unknown in its link; rejects only for an abort. */
export async function whyPerson(deps: WhyDeps, typed: string, options: WhyOptions): Promise<WhyAnswer> {
  const { graph } = deps;
  const read: ReadOptions = { now: deps.kiro.now, ...(options.signal && { signal: options.signal }) };
  const [{ snapshot, health }, found] = await Promise.all([
    deps.observe(),
    options.account ? known([options.account], deps.kiro.now()) : findPeople(graph, typed, read),
  ]);
  const meant = found.known ? onlyOne(found.value, typed) : undefined;
  if (found.known && meant === undefined && found.value.length > 0) return { several: found.value };
  const account: Observed<PersonAccount | undefined> = found.known ? { ...found, value: meant } : found;
  const nothing = { typed, account, memberships: notRead, events: notRead, records: notRead };
  const rest: Omit<PersonSighting, keyof typeof nothing> = {
    kiroGroups: notRead,
    policies: notRead,
    signIns: notRead,
  };
  const findings = health.steps.flatMap((step) => step.findings);
  if (meant === undefined) return { chain: personChain(snapshot, { ...nothing, ...rest }, findings) };
  const appId = valueOf(snapshot.application)?.appId;
  const asking = { ...read, interactive: options.deeper === true };
  const [near, kiro, [policies, signIns]] = await Promise.all([
    readNear(
      graph,
      meant,
      valueOf(snapshot.job)?.id,
      snapshot.cloud.lacks.includes('provisioningLogs'),
      read,
    ),
    readKiroPerson(snapshot.kept.scim?.endpoint, meant, deps.kiro, options.signal),
    // One after the other: both may open the browser.
    appId === undefined ? ([notRead, notRead] as const) : readFar(graph, meant, appId, asking),
  ]);
  const seen: PersonSighting = { typed, account, ...near, ...kiro, policies, signIns };
  return { chain: personChain(snapshot, seen, findings) };
}

async function findPeople(
  graph: GraphClient,
  typed: string,
  options: ReadOptions,
): Promise<Observed<readonly PersonAccount[]>> {
  try {
    return known(await readOne(graph, usersNamed(typed.trim()), options), options.now?.() ?? 0);
  } catch (error) {
    options.signal?.throwIfAborted();
    return unreadable(error);
  }
}

/** The only one whom a name fits, or the one whom it fits exactly. */
function onlyOne(found: readonly PersonAccount[], typed: string): PersonAccount | undefined {
  if (found.length === 1) return found[0];
  const wanted = typed.trim().toLowerCase();
  const exact = found.filter((one) =>
    [one.userPrincipalName, one.displayName].some((name) => name.toLowerCase() === wanted),
  );
  return exact.length === 1 ? exact[0] : undefined;
}

/** What signing in has given permission for, in one batch. */
async function readNear(
  graph: GraphClient,
  { id }: PersonAccount,
  jobId: string | undefined,
  withoutLog: boolean,
  options: ReadOptions,
): Promise<Pick<PersonSighting, 'memberships' | 'events'>> {
  try {
    if (jobId === undefined || withoutLog) {
      const [memberships] = await readBatch(graph, [transitiveMemberOf(id)], options);
      return { memberships: observed(memberships), events: withoutLog ? notInCloud : known([], 0) };
    }
    const [memberships, events] = await readBatch(
      graph,
      [transitiveMemberOf(id), personEvents(jobId, id)] as const,
      options,
    );
    return { memberships: observed(memberships), events: observed(events) };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { memberships: unreadable(error), events: unreadable(error) };
  }
}

async function readFar(
  graph: GraphClient,
  { id }: PersonAccount,
  appId: string,
  options: ReadOptions,
): Promise<readonly [PersonSighting['policies'], PersonSighting['signIns']]> {
  const policies = await askFor(graph, conditionalAccessPolicies(), options);
  return [policies, await askFor(graph, signInsOf(id, appId), options)];
}
