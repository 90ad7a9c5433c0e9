import type { Connection } from '../../engine/connection.ts';
import type { JournalEntry, Observation, ProvisioningEvent } from '../../engine/session.ts';
import { valueOf, type Observed } from '../../guide/snapshot.ts';
import { format } from '../../guide/text.ts';
import { code, plain } from '../exports/markdown.ts';
import { changeLines } from './changeLines.ts';
import { dnsLines } from './dnsLines.ts';
import { healthLines, jobLines, kiroLines, mappingLines } from './stateLines.ts';
import { withoutNames } from './withoutNames.ts';
import type { Writing } from './writing.ts';

/** What a bundle is made of. Nothing of it holds a secret; whoever saves it looks for one all the same. */
export interface Evidence {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Of the extension and what it runs in, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly connection: Pick<Connection, 'kind' | 'tenantId' | 'account'>;
  readonly observation: Observation;
  readonly events: Observed<readonly ProvisioningEvent[]>;
  readonly journal: readonly JournalEntry[];
  /** Whether people are named. Else they are numbered, and known by their object ids alone. */
  readonly names: boolean;
}

/** Evidence for Microsoft's or AWS's support as one Markdown document: in English, moments in UTC. */
export function evidenceMarkdown(evidence: Evidence): string {
  const { at, versions, connection, observation, events, journal, names } = evidence;
  const { snapshot } = observation;
  const hide = names
    ? (words: string) => words
    : withoutNames(snapshot, valueOf(events) ?? [], [
        ...journal,
        { account: connection.account } as JournalEntry,
      ]);
  const writing: Writing = {
    value: (words) => plain(hide(words)),
    code: (words) => code(hide(words)),
    say: (text) => plain(hide(format(text, { clock: iso }))),
  };
  return [
    '# Kiro with Microsoft Entra ID: evidence for support',
    '',
    `- made: ${iso(at)}; last look: ${iso(snapshot.at)}`,
    ...Object.entries(versions).map(([name, version]) => `- ${name}: ${plain(version)}`),
    names
      ? '- people are named, as the administrator chose'
      : '- people are numbered; they are known by their object IDs',
    '- moments are in UTC; there is no token and no other secret in this document',
    '',
    '## Where',
    '',
    ...whereLines(evidence, writing),
    '',
    ...healthLines(observation, writing),
    ...jobLines(snapshot, writing),
    ...mappingLines(snapshot, writing),
    ...eventLines(events, writing),
    ...kiroLines(snapshot, writing),
    ...dnsLines(snapshot, writing),
    ...changeLines(journal, writing, names),
  ].join('\n');
}

function whereLines({ connection, observation }: Evidence, { value, code: id }: Writing): readonly string[] {
  const { snapshot } = observation;
  const principal = valueOf(snapshot.servicePrincipal);
  const application = valueOf(snapshot.application);
  const organization = valueOf(snapshot.organization);
  const job = valueOf(snapshot.job);
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['cloud', snapshot.cloud.id],
    ['tenant', connection.tenantId],
    ['initial domain', organization?.defaultDomain],
    ['application (client) ID', application?.appId],
    ['application object ID', application?.id],
    ['service principal ID', principal?.id],
    ['provisioning job', job?.id],
    ['SCIM endpoint', snapshot.kept.scim?.endpoint],
    ['Kiro region, as entered', snapshot.kept.region],
    ['account', connection.account],
  ];
  return [
    ...(connection.kind === 'sandbox'
      ? ['- **A sandbox tenant on this machine: nothing here is real.**']
      : []),
    ...lines.map(([name, one]) => `- ${name}: ${one === undefined ? 'not known' : id(one)}`),
    ...(organization ? [`- Entra ID P1 or P2: ${value(organization.premium ? 'yes' : 'no')}`] : []),
  ];
}

function eventLines(events: Evidence['events'], { value, code: id, say }: Writing): readonly string[] {
  return [
    '## Last events of the provisioning log',
    '',
    ...(events.known
      ? events.value.map(
          (one) =>
            `- ${iso(one.at)} ${one.status} ${value(one.action)} ${value(one.subject)}${one.errorCode === undefined ? '' : ` ${id(one.errorCode)}`}${one.reason === undefined ? '' : `: ${value(one.reason)}`} (${id(one.id)})`,
        )
      : [`Not read: ${say(events.detail)}`]),
    ...(events.known && events.value.length === 0 ? ['None.'] : []),
    '',
  ];
}

/** ISO 8601, in UTC. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}
