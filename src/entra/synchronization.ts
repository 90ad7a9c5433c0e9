import * as v from 'valibot';
import type { SynchronizationJob, SynchronizationSchema, SynchronizationSecret } from '../guide/snapshot.ts';
import type { GraphRead } from './read.ts';
import { orEmpty, orNull, parsed, parsedList } from './parse.ts';

const error = v.looseObject({ code: v.nullish(v.string(), ''), message: v.nullish(v.string(), '') });
const count = v.exactOptional(v.number());

const execution = v.looseObject({
  state: v.nullish(v.string(), ''),
  timeBegan: orNull(v.string()),
  timeEnded: orNull(v.string()),
  error: orNull(error),
  countImported: count,
  countExported: count,
  countEscrowed: count,
  countEntitled: count,
});

const job = v.looseObject({
  id: v.string(),
  templateId: v.nullish(v.string(), ''),
  schedule: v.looseObject({ state: v.nullish(v.string(), ''), interval: orNull(v.string()) }),
  status: v.looseObject({
    code: v.nullish(v.string(), ''),
    lastExecution: orNull(execution),
    lastSuccessfulExecution: orNull(execution),
    quarantine: orNull(
      v.looseObject({
        reason: v.nullish(v.string(), ''),
        currentBegan: orNull(v.string()),
        seriesBegan: orNull(v.string()),
        nextAttempt: orNull(v.string()),
        error: orNull(error),
      }),
    ),
    steadyStateFirstAchievedTime: v.exactOptional(v.nullable(v.string())),
    countSuccessiveCompleteFailures: count,
    progress: orEmpty(
      v.looseObject({
        units: orNull(v.string()),
        completedUnits: v.nullish(v.number(), 0),
        totalUnits: v.nullish(v.number(), 0),
      }),
    ),
    synchronizedEntryCountByType: orEmpty(
      v.looseObject({ key: v.nullish(v.string(), ''), value: v.nullish(v.number(), 0) }),
    ),
  }),
});

// Loose all through and nothing filled in: a PUT replaces the whole schema, so it must go back as it came.
const schema = v.looseObject({
  id: v.string(),
  synchronizationRules: v.array(
    v.looseObject({
      id: v.string(),
      name: v.string(),
      objectMappings: v.array(
        v.looseObject({
          name: v.string(),
          enabled: v.boolean(),
          sourceObjectName: v.string(),
          targetObjectName: v.string(),
          attributeMappings: v.array(
            v.looseObject({
              targetAttributeName: v.string(),
              matchingPriority: v.number(),
              source: v.nullable(
                v.looseObject({
                  expression: v.nullable(v.string()),
                  name: v.nullable(v.string()),
                  type: v.string(),
                  parameters: v.exactOptional(v.array(v.unknown())),
                }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** A provisioning template that a service principal can make a job from; `scim` for a non-gallery application. */
export interface SynchronizationTemplate {
  readonly id: string;
  readonly default: boolean;
}

const template = v.looseObject({ id: v.string(), default: v.nullish(v.boolean(), false) });

const scopes = ['Synchronization.Read.All'];

/** Credentials and settings of provisioning; secret values read back as `*` (synchronization/secrets). */
export function synchronizationSecrets(
  servicePrincipalId: string,
): GraphRead<readonly SynchronizationSecret[]> {
  return {
    path: `${root(servicePrincipalId)}/secrets`,
    scopes,
    parse: parsedList(v.looseObject({ key: v.string(), value: v.nullish(v.string(), '') })),
    whenNotFound: [],
  };
}

/** Provisioning jobs of a service principal (Microsoft Graph: List synchronizationJobs). */
export function synchronizationJobs(servicePrincipalId: string): GraphRead<readonly SynchronizationJob[]> {
  return {
    path: `${root(servicePrincipalId)}/jobs`,
    scopes,
    parse: parsedList(job),
    whenNotFound: [],
  };
}

/** Mappings of a job, whole, as a PUT has to send them back (Microsoft Graph: Get synchronizationSchema). */
export function synchronizationSchema(
  servicePrincipalId: string,
  jobId: string,
): GraphRead<SynchronizationSchema | undefined> {
  return {
    path: `${root(servicePrincipalId)}/jobs/${encodeURIComponent(jobId)}/schema`,
    scopes,
    parse: parsed(schema),
    whenNotFound: undefined,
  };
}

/** Templates to make a job from; the list can be empty for the first seconds of an application. */
export function synchronizationTemplates(
  servicePrincipalId: string,
): GraphRead<readonly SynchronizationTemplate[]> {
  return {
    path: `${root(servicePrincipalId)}/templates`,
    scopes,
    parse: parsedList(template),
    whenNotFound: [],
  };
}

/** Mappings that a new job of a template starts with. */
export function templateSchema(
  servicePrincipalId: string,
  templateId: string,
): GraphRead<SynchronizationSchema | undefined> {
  return {
    path: `${root(servicePrincipalId)}/templates/${encodeURIComponent(templateId)}/schema`,
    scopes,
    parse: parsed(schema),
    whenNotFound: undefined,
  };
}

/** The job that provisions to Kiro: of template `scim`, else the first; an application has one at most. */
export function provisioningJob(jobs: readonly SynchronizationJob[]): SynchronizationJob | undefined {
  return jobs.find((one) => one.templateId === 'scim') ?? jobs[0];
}

function root(servicePrincipalId: string): string {
  return `/servicePrincipals/${encodeURIComponent(servicePrincipalId)}/synchronization`;
}
