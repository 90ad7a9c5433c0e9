import { planScript } from '../../engine/script/planScript.ts';
import type { Connection } from '../../engine/connection.ts';
import type { JournalEntry, Observation } from '../../engine/session.ts';
import type { Plan } from '../../guide/change.ts';
import { guideSection, guideUrl } from '../../guide/guideSections.ts';
import type { Finding, StepNumber } from '../../guide/requirement.ts';
import { portalIds, portalUrl } from '../../guide/portal.ts';
import { text, type Text } from '../../guide/text.ts';
import { withoutNames } from '../evidence/withoutNames.ts';
import { plain } from '../exports/markdown.ts';
import { clockLines } from './clocks.ts';
import { requestLines, sentRequests } from './requests.ts';
import { valuesOf } from './values.ts';

/** What a runbook is made of. */
export interface RunbookParts {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly connection: Pick<Connection, 'kind' | 'tenantId'>;
  readonly observation: Observation;
  /** What each step would still send. */
  readonly plans: readonly Plan[];
  readonly journal: readonly JournalEntry[];
}

/**
 * The set-up of one tenant as a Markdown document for whoever keeps it running: each step with its actual values, the requests
 * that were sent and that are still to be sent, what to check and where, and the clocks. Holds no secret, and no person's name.
 */
export function runbook(parts: RunbookParts, words: (text: Text) => string): string {
  const { at, connection, observation, plans, journal } = parts;
  const { snapshot, health } = observation;
  const hide = withoutNames(snapshot, [], journal);
  const say = (one: Text): string => plain(words(one));
  return [
    `# ${say(text('Kiro with Microsoft Entra ID: runbook of tenant {0}', connection.tenantId))}`,
    '',
    ...(connection.kind === 'sandbox'
      ? [say(text('This is a sandbox tenant: nothing in it is real.')), '']
      : []),
    say(text('As of {0}. Guide: {1}', new Date(at).toISOString(), guideUrl)),
    '',
    say(health.headline),
    '',
    ...health.steps.flatMap(({ step, title, label, findings }) => [
      `## ${step}. ${say(title)}: ${say(label)}`,
      '',
      say(text('Guide: {0}', guideSection(step))),
      '',
      `### ${say(text('Values of this tenant'))}`,
      '',
      ...valuesOf(step, snapshot, say),
      '',
      `### ${say(text('What to check'))}`,
      '',
      ...findings.filter(isGeneral).map((finding) => checkLine(finding, observation, say)),
      '',
      ...requestPart(step, plans, journal, say),
    ]),
    ...clockLines(say),
    ...careLines(say),
  ]
    .map(hide)
    .join('\n');
}

/** What is about one person is no part of how the set-up is kept. */
function isGeneral({ id }: Finding): boolean {
  return !id.startsWith('people.left.');
}

function checkLine(
  { title, label, why, portal, status }: Finding,
  { snapshot }: Observation,
  say: (text: Text) => string,
): string {
  const where =
    portal === undefined
      ? ''
      : ` <${portalUrl(portal, snapshot.cloud, portalIds(snapshot, portal), snapshot.kept.region)}>`;
  const mark = status === 'met' ? 'x' : ' ';
  // A label of what is not met may name somebody.
  const state = status === 'met' ? `: ${say(label)}` : '';
  return `- [${mark}] **${say(title)}**${state}. ${say(why)}${where}`;
}

function requestPart(
  step: StepNumber,
  plans: readonly Plan[],
  journal: readonly JournalEntry[],
  say: (text: Text) => string,
): readonly string[] {
  const sent = sentRequests(journal, step);
  const plan = plans.find((one) => one.step === step);
  const script = plan && planScript(plan);
  return [
    ...(sent.length === 0
      ? []
      : [`### ${say(text('Requests to Microsoft Graph that Kiro Connect sent'))}`, '', ...sent, '']),
    ...(script === undefined || script.requests.length + script.later.length === 0
      ? []
      : [
          `### ${say(text('Requests to Microsoft Graph that are still to be sent'))}`,
          '',
          ...(script.scopes.length > 0 ? [say(text('Permissions: {0}', script.scopes.join(', '))), ''] : []),
          ...script.requests.flatMap(({ title, method, path, body }) =>
            requestLines({ title, request: `${method} ${path}`, body }),
          ),
          ...script.later.map(
            (title) => `- ${plain(title)} (${say(text('after the answers to the above'))})`,
          ),
          '',
        ]),
    ...(plan?.blockedBy ?? []).map(({ reason }) => `- ${say(reason)}`),
    ...((plan?.blockedBy.length ?? 0) > 0 ? [''] : []),
  ];
}

function careLines(say: (text: Text) => string): readonly string[] {
  const lines: readonly Text[] = [
    text('Somebody joins: put them into an assigned group. Their seat follows by the clocks above.'),
    text(
      'Somebody leaves: take them out of the group or remove their assignment, see that Kiro has them inactive, then delete their seat in the Kiro console. A session goes on until its next token refresh.',
    ),
    text(
      'The access token: make a second one, save it in Entra, test the connection, then revoke the first. Never more than two at a time. Renew it before eleven months.',
    ),
    text(
      'The mapping of externalId stays objectId for ever: Kiro keeps the first value that it is sent for a person.',
    ),
    text(
      'The profile is made again: stop the job, save the new endpoint and token, start it anew with its watermark cleared.',
    ),
    text('Quarantine: mend its cause first, then restart the job. After 28 days Entra switches it off.'),
  ];
  return [`## ${say(text('In daily use'))}`, '', ...lines.map((line) => `- ${say(line)}`), ''];
}
