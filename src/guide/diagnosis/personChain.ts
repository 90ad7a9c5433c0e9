import type { Finding } from '../requirement.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { whenAppears, type Appearance } from '../whenAppears.ts';
import { lacksApplication } from '../steps/verdicts.ts';
import { text, type Text } from '../text.ts';
import type { Link, LinkId, PersonAccount, PersonCase, PersonSighting } from './person.ts';
import {
  assignmentLink,
  licenceLink,
  mappingLink,
  scopeLink,
  securityGroupLink,
} from './personAssignment.ts';
import { accountLink, domainLink, enabledLink, setUpLink } from './personEntry.ts';
import { activeLink, externalIdLink, kiroGroupLink, nameLink, recordLink, seatLink } from './personKiro.ts';
import { jobLink, pushLink } from './personProvisioning.ts';
import { conditionalAccessLink, consentLink, signInLink } from './personSignIns.ts';

/** Why somebody can or can't use Kiro. */
export interface PersonChain {
  /** Display name, else what was typed. */
  readonly who: string;
  readonly account?: PersonAccount;
  /** The whole answer in a sentence or two. */
  readonly headline: Text;
  /** The first broken link; else the first that waits. */
  readonly culprit?: Link;
  readonly links: readonly Link[];
  /** When they can be expected in Kiro, or their seat; absent where something broken comes first, or all is there. */
  readonly appears?: Appearance;
  /** Permission to read more would make a link known. */
  readonly canLookDeeper: boolean;
}

/**
 * The chain from what a person types to their seat, link by link in order, each proved by what was seen. Links that have
 * nothing to say of this person are left out; without an account the chain ends there.
 */
export function personChain(
  snapshot: Snapshot,
  seen: PersonSighting,
  findings: readonly Finding[],
): PersonChain {
  const account = valueOf(seen.account);
  const links = [
    domainLink(snapshot, seen.typed, account, findings),
    accountLink(seen),
    ...(account === undefined || lacksApplication(snapshot)
      ? [setUpLink(snapshot, findings)]
      : linksOf(caseOf(snapshot, seen, account), findings)),
  ];
  const culprit =
    links.find(({ status, minor }) => status === 'broken' && minor !== true) ??
    links.find(({ status }) => status === 'waiting') ??
    links.find(({ status }) => status === 'broken');
  const appears =
    account === undefined || culprit?.status === 'broken' ? undefined : appearance(snapshot, seen, account);
  return {
    who: account?.displayName ?? seen.typed,
    ...(account && { account }),
    headline: headline(account?.displayName ?? seen.typed, culprit, links),
    ...(culprit && { culprit }),
    links,
    ...(appears && { appears }),
    canLookDeeper: links.some(({ deeper }) => deeper === true),
  };
}

/** Where Kiro could not be read, nobody can say whether somebody is there. */
function appearance(
  snapshot: Snapshot,
  seen: PersonSighting,
  account: PersonAccount,
): Appearance | undefined {
  if (!seen.records.known || lacksApplication(snapshot)) return undefined;
  const { id } = account;
  const inKiro = caseOf(snapshot, seen, account).held;
  const created = valueOf(seen.events)?.findLast(
    ({ status, action }) => status === 'success' && action === 'create',
  );
  return whenAppears(snapshot, { id, inKiro, ...(created && { arrivedAt: created.at }) });
}

function caseOf(snapshot: Snapshot, seen: PersonSighting, account: PersonAccount): PersonCase {
  const records = valueOf(seen.records) ?? [];
  const record = records.find(({ externalId }) => externalId?.toLowerCase() === account.id.toLowerCase());
  return {
    snapshot,
    seen,
    account,
    record,
    namesake: record === undefined ? records[0] : undefined,
    held: record?.active === true,
  };
}

function linksOf(person: PersonCase, findings: readonly Finding[]): readonly Link[] {
  const links = [
    enabledLink(person),
    setUpLink(person.snapshot, findings),
    assignmentLink(person),
    securityGroupLink(person),
    licenceLink(person),
    scopeLink(person),
    mappingLink(person, findings),
    jobLink(person, findings),
    pushLink(person),
    recordLink(person),
    externalIdLink(person),
    activeLink(person),
    nameLink(person),
    kiroGroupLink(person),
    consentLink(person),
    conditionalAccessLink(person),
  ].filter((link) => link !== undefined);
  return [...links, signInLink(person, links), seatLink(person)].map(notYet(links));
}

/** Whom Entra does not take at all no cycle brings: there is nothing to wait for before that is mended. */
function notYet(links: readonly Link[]): (link: Link) => Link {
  const out = links.some(({ id, status }) => entitling.includes(id) && status === 'broken');
  return (link) => {
    if (!out || link.status !== 'waiting') return link;
    const { id, title, evidence } = link;
    return { id, title, status: 'unknown', evidence, remedy: text('Mend what is broken above first.') };
  };
}

const entitling: readonly LinkId[] = ['enabled', 'assignment', 'securityGroup', 'licence', 'scope'];

function headline(who: string, culprit: Link | undefined, links: readonly Link[]): Text {
  if (culprit === undefined) {
    const unseen = links.filter(({ status }) => status === 'unknown').length;
    return text(
      'Nothing is broken between {0} and Kiro as far as can be seen; {1} of {2} links can’t be seen from here. Look next in the Kiro console, under Subscriptions.',
      who,
      unseen,
      links.length,
    );
  }
  const { title, evidence, remedy, until, status, minor } = culprit;
  if (status === 'waiting') {
    return until === undefined
      ? text('Nothing is wrong for {0}, but it takes time. {1}: {2}', who, title, evidence)
      : text(
          'Nothing is wrong for {0}, but it may take until about {1}. {2}: {3}',
          who,
          { at: until },
          title,
          evidence,
        );
  }
  const said = remedy === undefined ? evidence : text('{0} {1}', evidence, remedy);
  return minor === true
    ? text('Nothing keeps {0} out as far as can be seen, but something is amiss. {1}: {2}', who, title, said)
    : text('{0} can’t use Kiro. {1}: {2}', who, title, said);
}
