import type { KeptApplication } from '../guide/kept.ts';
import { valueOf, type Application, type Snapshot } from '../guide/snapshot.ts';
import { applicationById, applicationsByNameStart, applicationsFromTemplate } from '../entra/applications.ts';
import { readBatch, readOne, type ReadOptions } from '../entra/batch.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import { groupsByNameStart } from '../entra/groups.ts';
import { provisioningLog } from '../entra/provisioningLogs.ts';
import { servicePrincipalByAppId, servicePrincipalById } from '../entra/servicePrincipals.ts';
import { BadInput } from './badInput.ts';
import { notInCloud } from './observed.ts';
import type { Candidate, GroupChoice, ProvisioningEvent } from './session.ts';

/** Rows of the provisioning log that a panel shows. */
const eventCount = 50;
/** Reads that one `$batch` takes. */
const mostCandidates = 20;

/**
 * Applications that may be Kiro's: made from the non-gallery template, or with a name that says so. Rejects with a
 * `GraphError` if the list can't be read.
 */
export async function findCandidates(
  graph: GraphClient,
  templateId: string,
  options: ReadOptions = {},
): Promise<readonly Candidate[]> {
  const lists = await readBatch(
    graph,
    [applicationsFromTemplate(templateId), applicationsByNameStart('Kiro')],
    options,
  );
  const found = new Map<string, Application>();
  for (const list of lists) {
    if (!list.ok) throw list.error;
    for (const application of list.value) found.set(application.id, application);
  }
  const applications = [...found.values()].sort(kiroFirst).slice(0, mostCandidates);
  const principals = await readBatch(
    graph,
    applications.map(({ appId }) => servicePrincipalByAppId(appId)),
    options,
  );
  return applications.flatMap((application, index) => {
    const principal = principals[index];
    if (!principal?.ok || !principal.value) return [];
    return [
      {
        appId: application.appId,
        applicationId: application.id,
        servicePrincipalId: principal.value.id,
        displayName: application.displayName,
        provisionable: application.applicationTemplateId === templateId,
        createdDateTime: application.createdDateTime,
      },
    ];
  });
}

/** Applications with exactly this name whose service principal can be read too. */
export async function findByName(
  graph: GraphClient,
  templateId: string,
  displayName: string,
): Promise<readonly KeptApplication[]> {
  const applications = await readOne(graph, applicationsFromTemplate(templateId, displayName));
  const found: KeptApplication[] = [];
  for (const { id, appId } of applications) {
    const principal = await readOne(graph, servicePrincipalByAppId(appId));
    if (principal) found.push({ appId, applicationId: id, servicePrincipalId: principal.id });
  }
  return found;
}

/** Whether reads show the application, under a name where one is given, and its service principal already. */
export async function canRead(
  graph: GraphClient,
  application: KeptApplication,
  displayName?: string,
): Promise<boolean> {
  const [itself, principal] = await readBatch(graph, [
    applicationById(application.applicationId),
    servicePrincipalById(application.servicePrincipalId),
  ] as const);
  if (!itself.ok || itself.value === undefined || !principal.ok || principal.value === undefined)
    return false;
  return displayName === undefined || itself.value.displayName === displayName;
}

export function findGroups(
  graph: GraphClient,
  start: string,
  options: ReadOptions = {},
): Promise<readonly GroupChoice[]> {
  return readOne(graph, groupsByNameStart(start), options);
}

/** The last rows of the provisioning log of the job that the last look saw; empty without a job. */
export async function recentEvents(
  graph: GraphClient,
  snapshot: Snapshot | undefined,
  options: ReadOptions = {},
): Promise<readonly ProvisioningEvent[]> {
  if (snapshot?.cloud.lacks.includes('provisioningLogs')) throw new BadInput(notInCloud.detail);
  const job = snapshot && valueOf(snapshot.job);
  return job ? readOne(graph, provisioningLog(job.id, eventCount), options) : [];
}

function kiroFirst(one: Application, other: Application): number {
  const rank = ({ displayName }: Application): number => (/kiro/i.test(displayName) ? 0 : 1);
  return rank(one) - rank(other) || one.displayName.localeCompare(other.displayName);
}
