import { requiredAttributes } from '../kiro.ts';
import {
  valueOf,
  type AttributeMapping,
  type ObjectMapping,
  type Snapshot,
  type SynchronizationSchema,
} from '../snapshot.ts';
import { mappingOf } from './schemaMapping.ts';

/** The change that leaves attributes out; the journal's line of it holds the mapping as it was. */
export const leaveOutId = 'provisioning.mapping.leaveOut';
/** The push of the person concerned, whose object ID follows. */
export const leftOutPushId = 'people.push.leftOut.';

/** Attributes of people that are left out for a while, to find which of them an error comes from. */
export interface LeftOut {
  /** Since when, epoch milliseconds. */
  readonly at: number;
  /** Their names in Kiro. */
  readonly targets: readonly string[];
  /** The mapping of people as it was. */
  readonly was: ObjectMapping;
  /** Who was provisioned on demand since, oldest first. */
  readonly pushed: readonly { readonly objectId: string; readonly ok: boolean }[];
}

/** What can't be left out: what Kiro needs, and by what people are matched. */
function stays({ targetAttributeName, matchingPriority }: AttributeMapping): boolean {
  const required: readonly string[] = requiredAttributes;
  return matchingPriority > 0 || required.includes(targetAttributeName);
}

/** The schema with nothing of people but what Kiro needs; everything else as read. */
export function withoutOthers(schema: SynchronizationSchema): SynchronizationSchema {
  return withPeople(schema, (mapping) => ({
    ...mapping,
    attributeMappings: mapping.attributeMappings.filter(stays),
  }));
}

/** What is left out now, as the journal and the job's mapping tell: also where somebody put some of it back by hand. */
export function leftOut(snapshot: Snapshot): LeftOut | undefined {
  const { leftOut: written } = snapshot.journal;
  const schema = valueOf(snapshot.schema);
  const job = valueOf(snapshot.job);
  if (written === undefined || schema === undefined || job === undefined || snapshot.schemaSource !== 'job')
    return undefined;
  const was = mappingOf(written.schema, 'User');
  const now = mappingOf(schema, 'User');
  if (was === undefined || now === undefined || !written.path.endsWith(`/jobs/${job.id}/schema`))
    return undefined;
  const there = new Set(now.attributeMappings.map(({ targetAttributeName }) => targetAttributeName));
  const targets = was.attributeMappings
    .filter((one) => !stays(one) && !there.has(one.targetAttributeName))
    .map(({ targetAttributeName }) => targetAttributeName);
  return targets.length === 0 ? undefined : { at: written.at, targets, was, pushed: written.pushed };
}

/** The schema with what is left out back in its place; everything else as read. */
export function asItWas(snapshot: Snapshot, schema: SynchronizationSchema): SynchronizationSchema {
  const out = leftOut(snapshot);
  if (out === undefined) return schema;
  return withPeople(schema, (mapping) => {
    const now = new Map(mapping.attributeMappings.map((one) => [one.targetAttributeName, one]));
    const before = out.was.attributeMappings;
    const known = new Set(before.map((one) => one.targetAttributeName));
    return {
      ...mapping,
      attributeMappings: [
        ...before.map((one) => now.get(one.targetAttributeName) ?? one),
        ...mapping.attributeMappings.filter((one) => !known.has(one.targetAttributeName)),
      ],
    };
  });
}

function withPeople(
  schema: SynchronizationSchema,
  change: (mapping: ObjectMapping) => ObjectMapping,
): SynchronizationSchema {
  const people = mappingOf(schema, 'User');
  return {
    ...schema,
    synchronizationRules: schema.synchronizationRules.map((rule) => ({
      ...rule,
      objectMappings: rule.objectMappings.map((one) => (one === people ? change(one) : one)),
    })),
  };
}
