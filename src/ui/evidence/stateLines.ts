import type { Observation } from '../../engine/session.ts';
import { valueOf, type Snapshot } from '../../guide/snapshot.ts';
import type { Writing } from './writing.ts';

/** Records of Kiro that a bundle lists. */
const mostRecords = 100;

/** The verdict on every requirement: what is open first, with what was seen and what to do. */
export function healthLines({ health }: Observation, { say, code }: Writing): readonly string[] {
  const findings = health.steps.flatMap((step) => step.findings);
  const open = findings.filter(({ status }) => status !== 'met');
  return [
    '## State',
    '',
    `${health.overall}: ${say(health.headline)}`,
    '',
    ...open.flatMap((one) => [
      `- **${one.status}** ${code(one.id)} (step ${one.step}, ${one.severity}): ${say(one.evidence)}`,
      ...(one.remedy ? [`  - to do: ${say(one.remedy)}`] : []),
      ...(one.waiting?.until === undefined
        ? []
        : [`  - until about ${new Date(one.waiting.until).toISOString()}`]),
    ]),
    '',
    `Met: ${findings
      .filter(({ status }) => status === 'met')
      .map(({ id }) => code(id))
      .join(', ')}`,
    '',
  ];
}

/** The provisioning job as Microsoft Graph tells of it. */
export function jobLines({ job }: Snapshot, { say, value, code }: Writing): readonly string[] {
  const title = ['## Provisioning job', ''];
  if (!job.known) return [...title, `Not read: ${say(job.detail)}`, ''];
  if (!job.value) return [...title, 'There is none.', ''];
  const { status, schedule, templateId } = job.value;
  return [
    ...title,
    `- template ${code(templateId)}; schedule ${value(schedule.state)}, ${value(schedule.interval ?? 'no interval')}`,
    `- status ${code(status.code)}`,
    `- last execution: ${code(JSON.stringify(status.lastExecution))}`,
    `- last successful execution: ${code(JSON.stringify(status.lastSuccessfulExecution))}`,
    ...(status.quarantine ? [`- quarantine: ${code(JSON.stringify(status.quarantine))}`] : []),
    '',
  ];
}

/** What is sent as which attribute. */
export function mappingLines({ schema, schemaSource }: Snapshot, writing: Writing): readonly string[] {
  const mappings = valueOf(schema)?.synchronizationRules.flatMap((rule) => rule.objectMappings) ?? [];
  return [
    `## Attribute mapping (${schemaSource === 'job' ? 'of the job' : 'of the template; there is no job'})`,
    '',
    ...mappings.flatMap(({ sourceObjectName, enabled, attributeMappings }) => [
      `- ${writing.value(sourceObjectName)}${enabled ? '' : ' (switched off)'}`,
      ...attributeMappings.map(
        ({ targetAttributeName, source, matchingPriority }) =>
          `  - ${writing.code(targetAttributeName)} ← ${writing.code(source?.expression ?? source?.name ?? 'nothing')}${matchingPriority > 0 ? ` (matching ${matchingPriority})` : ''}`,
      ),
    ]),
    '',
  ];
}

/** What Kiro's SCIM endpoint answered: numbers, and the first records by their ids. */
export function kiroLines({ scim, groups }: Snapshot, { say, code, value }: Writing): readonly string[] {
  const title = ['## What Kiro’s SCIM endpoint has', ''];
  if (!scim.known) return [...title, `Not read: ${say(scim.detail)}`, ''];
  const { users, groups: kiroGroups, partial } = scim.value;
  const assigned = valueOf(groups) ?? [];
  return [
    ...title,
    `- ${users.length} records read${partial ? ` of ${partial.total ?? 'more'}` : ''}, ${users.filter(({ active }) => active).length} of them active; ${kiroGroups.length} groups`,
    ...assigned.map(
      ({ id, displayName, members, securityEnabled }) =>
        `- assigned group ${value(displayName)} ${code(id)}: ${members.length} direct members${securityEnabled ? '' : ', not a security group'}`,
    ),
    ...users
      .slice(0, mostRecords)
      .map(
        ({ id, externalId, active, userName }) =>
          `- record ${code(id)}: externalId ${externalId === undefined ? 'none' : code(externalId)}, ${active ? 'active' : 'inactive'}, ${value(userName)}`,
      ),
    ...(users.length > mostRecords ? [`- … and ${users.length - mostRecords} more`] : []),
    '',
  ];
}
