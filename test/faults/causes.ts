import type { Session } from '../../src/engine/session.ts';
import { differenceKinds, type Comparison, type DifferenceKind } from '../../src/guide/comparison.ts';
import type { PersonChain } from '../../src/guide/diagnosis/personChain.ts';
import type { LinkId } from '../../src/guide/diagnosis/person.ts';
import { dnsVerdict } from '../../src/guide/diagnosis/dnsVerdict.ts';
import type { Finding } from '../../src/guide/requirement.ts';
import type { Snapshot } from '../../src/guide/snapshot.ts';
import { format, text } from '../../src/guide/text.ts';
import type { Choices } from '../../src/guide/change.ts';
import type { Cause } from './fault.ts';

export interface Asked {
  /** Whom to ask about besides everybody who is assigned. */
  readonly person?: string;
  readonly choices?: Partial<Choices>;
  /** Called between people: Graph answers few requests for logs in ten seconds. */
  readonly pause?: () => Promise<void>;
}

/** People that are asked about one by one; more than a set-up of the catalogue has. */
const mostPeople = 40;
/** Each takes two reads of the logs. */
const atOnce = 2;

/**
 * Everything that the tool finds wrong, most important first: what the guide asks for and is not so, what differs between
 * Entra and Kiro, and what keeps single people out though the set-up is right.
 */
export async function findCauses(session: Session, asked: Asked = {}): Promise<readonly Cause[]> {
  const { snapshot, health } = await session.observe();
  const open = health.steps
    .filter(({ status }) => status !== 'blocked')
    .flatMap(({ findings }) => findings)
    .filter(isOpen);
  // What keeps people out comes before what is only to be done, as in the status bar; a step's order is kept.
  const ordered = open.toSorted((one, other) => urgency(one) - urgency(other));
  const causes = ordered.map((finding) => causeOf(finding, snapshot, session, asked.choices ?? {}));
  const comparison = await session.comparePeople().catch(() => undefined);
  const chains = await chainsOf(session, asked);
  return [...causes, ...differing(comparison, open), ...keptOut(chains, open)];
}

function isOpen({ status, after, severity }: Finding): boolean {
  if (after !== undefined) return false;
  return status === 'unmet' || (status === 'manual' && severity === 'required');
}

function urgency({ severity, peopleAffected, status }: Finding): number {
  if (severity !== 'required') return 2;
  return status === 'unmet' && peopleAffected ? 0 : 1;
}

function causeOf(finding: Finding, snapshot: Snapshot, session: Session, choices: Partial<Choices>): Cause {
  const { title, evidence, step } = finding;
  const plan = session.plan(step, { choices, only: [finding.id] });
  const repair = plan.changes.map((change) => format(change.title)).join('; ') || repairBySelf(finding);
  return {
    id: idOf(finding, snapshot),
    title: format(title),
    evidence: format(evidence),
    ...(repair !== '' && { repair }),
  };
}

/** What the tool mends by a command of its own, once the step before is right. */
function repairBySelf({ action, remedy }: Finding): string {
  const own = action?.kind === 'repairExternalIds' || action?.kind === 'applyStep';
  return own && remedy ? format(remedy) : '';
}

/** A record that is not right is named by what DNS says of it. */
function idOf({ id }: Finding, snapshot: Snapshot): string {
  const domain = snapshot.kept.domains.find(({ name }) => id.startsWith(`profile.domain.${name}.`));
  if (domain === undefined) return id;
  if (!id.endsWith('.record') || domain.verificationValue === undefined)
    return id.replace(`.${domain.name}`, '');
  const seen = snapshot.domains.find(({ name }) => name === domain.name);
  return `dns.${dnsVerdict(domain.name, domain.verificationValue, seen).kind}`;
}

/** Differences that are no matter of time and that no finding tells already. */
const told: Partial<Readonly<Record<DifferenceKind, string>>> = {
  wrongId: 'people.externalIds',
  missing: 'people.arrived',
  direct: 'people.directAssignments',
};

function differing(comparison: Comparison | undefined, open: readonly Finding[]): readonly Cause[] {
  if (!comparison) return [];
  return differenceKinds
    .filter((kind) => comparison.counts[kind] > 0)
    .filter((kind) => kind !== 'missing' && !open.some(({ id }) => id === told[kind]))
    .map((kind) => {
      const names = comparison.differences.filter((one) => one.kind === kind).map(({ name }) => name);
      return { id: `comparison.${kind}`, title: kind, evidence: names.slice(0, 5).join(', ') };
    });
}

async function chainsOf(session: Session, { person, pause }: Asked): Promise<readonly PersonChain[]> {
  const { people, leftOut } = await session.people.whoCan();
  const names = [...people.filter(({ paths }) => !paths.includes('leftOver')), ...leftOut].flatMap(
    ({ address }) => address ?? [],
  );
  const all = [...new Set([...(person === undefined ? [] : [person]), ...names])].slice(0, mostPeople);
  const chains: PersonChain[] = [];
  for (let next = 0; next < all.length; next += atOnce) {
    await pause?.();
    const some = all.slice(next, next + atOnce);
    const answers = await Promise.all(some.map((name) => session.people.why(name, { deeper: true })));
    chains.push(...answers.flatMap((answer) => ('chain' in answer ? answer.chain : [])));
  }
  return chains;
}

/** Links that only repeat what a finding says of the whole set-up. */
const shared: readonly LinkId[] = ['setUp', 'mapping', 'job'];

/** What keeps people out, each cause once with the people whom it keeps out. */
function keptOut(chains: readonly PersonChain[], open: readonly Finding[]): readonly Cause[] {
  const found = new Map<LinkId, { readonly chain: PersonChain; others: number }>();
  for (const chain of chains) {
    const { culprit } = chain;
    if (culprit?.status !== 'broken') continue;
    if (shared.includes(culprit.id) && open.length > 0) continue;
    const before = found.get(culprit.id);
    if (before) before.others += 1;
    else found.set(culprit.id, { chain, others: 0 });
  }
  return [...found].map(([id, { chain, others }]) => ({
    id: `person.${id}`,
    title: format(chain.culprit?.title ?? text('Person')),
    evidence: `${format(chain.headline)}${others > 0 ? ` (+${others})` : ''}`,
    ...(chain.culprit?.action?.kind === 'leaveOutAttributes' && {
      repair: format(text('Leave attributes out')),
      leaveOut: { id: chain.culprit.action.person, displayName: chain.who },
    }),
    ...(chain.culprit?.action?.kind === 'provisionNow' && {
      repair: format(text('Provision {0} on demand', chain.who)),
      cure: { id: chain.culprit.action.person, displayName: chain.who },
    }),
  }));
}
