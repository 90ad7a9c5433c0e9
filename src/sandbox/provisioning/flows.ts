import { evaluate } from './expressions/evaluate.ts';
import { asText, isEmpty, isList } from './expressions/value.ts';
import type { Value } from './expressions/value.ts';
import { matchingAttributes } from './mapping.ts';
import type { AttributeMapping, ObjectMapping } from './mapping.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';
import type { Target } from './target.ts';
import { TargetError } from './targetErrors.ts';
import { valueAt } from './targetPath.ts';

/** A value on its way to one attribute of the target. */
export interface Flow {
  readonly target: string;
  readonly value: Exclude<Value, null>;
  readonly onlyAtCreation: boolean;
  readonly onlyWhereEmpty: boolean;
  readonly always: boolean;
  readonly boolean: boolean;
  readonly caseExact: boolean;
  /** Follows whether the user is deleted, disabled or out of scope. */
  readonly followsDeletion: boolean;
}

/** A change as a row of the log names it, and how it is sent. */
export interface Change {
  readonly displayName: string;
  readonly oldValue: string | null;
  readonly newValue: string;
  readonly boolean: boolean;
  /** Set where the value is a list. */
  readonly values?: readonly string[];
}

/** References to other objects flow by links, after all objects are there. */
export function isReference(mapping: AttributeMapping): boolean {
  return mapping.attribute.type === 'Reference' || ['members', 'manager'].includes(mapping.sourceName ?? '');
}

/**
 * Evaluates the mappings of an object, references apart. Nothing is sent for what the source leaves empty, save a default
 * value when the object is made. Throws `ExpressionError`, and `TargetError` for several values where one fits.
 */
export function flowsOf(mapping: ObjectMapping, source: Source): Flow[] {
  return mapping.attributes.flatMap((one) => {
    if (isReference(one)) return [];
    const value = evaluate(one.expression, (name) => source.get(name) ?? null);
    const empty = isEmpty(value);
    const sent = empty ? one.defaultValue : value;
    if (sent === null || sent === '') return [];
    if (isList(sent) && !one.attribute.multivalued)
      throw new TargetError(
        200,
        'SchemaPropertyCanOnlyAcceptValue',
        `The attribute '${one.target}' of the target accepts one value only.`,
      );
    return [
      {
        target: one.target,
        value: sent,
        onlyAtCreation: one.onlyAtCreation || empty,
        onlyWhereEmpty: one.onlyWhereEmpty,
        always: one.always,
        boolean: one.attribute.type === 'Boolean' || one.target === 'active',
        caseExact: one.attribute.caseExact,
        followsDeletion: one.followsDeletion,
      },
    ];
  });
}

/** Refuses an object whose required attributes stay empty, before the target does. */
export function demandRequired(mapping: ObjectMapping, flows: readonly Flow[]): void {
  const missing = mapping.attributes.find(
    (one) => one.attribute.required && !flows.some((flow) => flow.target === one.target),
  );
  if (missing)
    throw new TargetError(200, 'MissingValues', `The required attribute '${missing.target}' has no value.`);
}

/** Looks for the object in the target by each matching attribute. */
export async function match(
  target: Target,
  endpoint: 'Users' | 'Groups',
  mapping: ObjectMapping,
  flows: readonly Flow[],
): Promise<Record<string, unknown> | undefined> {
  for (const { target: attribute } of matchingAttributes(mapping)) {
    const value = flows.find((flow) => flow.target === attribute)?.value;
    if (value === undefined) continue;
    const found = await target.find(endpoint, attribute, asText(value));
    if (found.length > 1)
      throw new TargetError(200, 'DuplicateTargetEntries', `More than one object has this ${attribute}.`);
    if (found[0]) return found[0];
  }
  return undefined;
}

/** Whether a matching attribute has a value: without one an object isn't even imported. */
export function canMatch(mapping: ObjectMapping, flows: readonly Flow[]): boolean {
  return matchingAttributes(mapping).some((one) => flows.some((flow) => flow.target === one.target));
}

/** Refuses a resource of the target that belongs to another object of the source already. */
export function demandUnowned(run: Run, sourceId: string, targetId: string): void {
  const owner = run.owners.get(targetId);
  if (owner !== undefined && owner !== sourceId)
    throw new TargetError(
      200,
      'DuplicateSourceEntries',
      'More than one object of the source has the same value in the matching attributes.',
    );
}

/** What has to be sent so that the target holds what flows. */
export function changesOf(flows: readonly Flow[], resource: Record<string, unknown>): Change[] {
  return flows
    .filter((flow) => !flow.onlyAtCreation)
    .flatMap((flow) => {
      const before = valueAt(resource, flow.target);
      if (flow.onlyWhereEmpty && before !== undefined) return [];
      return flow.always || !same(flow, before) ? [changeOf(flow, before ?? null)] : [];
    });
}

/** A flow as a change, from what was there before. */
export function changeOf(flow: Flow, oldValue: string | null): Change {
  const change = { displayName: flow.target, oldValue, newValue: asText(flow.value), boolean: flow.boolean };
  return isList(flow.value) ? { ...change, values: flow.value } : change;
}

function same(flow: Flow, before: string | undefined): boolean {
  const wanted = isList(flow.value) ? [...flow.value].sort().join(',') : asText(flow.value);
  if (before === undefined) return false;
  return flow.caseExact ? wanted === before : wanted.toLowerCase() === before.toLowerCase();
}
