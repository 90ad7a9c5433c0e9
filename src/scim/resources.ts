import * as v from 'valibot';
import type { ScimGroup, ScimUser } from '../guide/snapshot.ts';
import { ScimError } from './scimError.ts';

const optionalText = v.nullish(v.string());

// Only what is named is taken: of everyone in a large tenant the rest would be copied for nothing.
const user = v.object({
  id: v.string(),
  userName: v.string(),
  externalId: optionalText,
  displayName: optionalText,
  active: v.nullish(v.union([v.boolean(), v.string()]), true),
});

const group = v.object({ id: v.string(), displayName: v.string(), externalId: optionalText });

const list = v.looseObject({
  totalResults: v.nullish(v.number()),
  // RFC 7644 leaves Resources out of an empty list.
  Resources: v.nullish(v.array(v.unknown()), () => []),
  nextCursor: optionalText,
});

/** What a list answer holds (RFC 7644, section 3.4.2; cursors: RFC 9865). */
export interface Page {
  readonly totalResults: number | undefined;
  readonly resources: readonly unknown[];
  readonly nextCursor: string | undefined;
}

/** Reads a list answer; throws a {@link ScimError} of reason `malformed`. */
export function parsePage(body: unknown): Page {
  const { totalResults, Resources, nextCursor } = parseResource(list, body);
  return {
    totalResults: totalResults ?? undefined,
    resources: Resources,
    nextCursor: nextCursor === null || nextCursor === '' ? undefined : nextCursor,
  };
}

/** Reads a user; `active` may come as a string, as Entra ID sends it. */
export function parseUser(body: unknown): ScimUser {
  const { id, userName, externalId, displayName, active } = parseResource(user, body);
  return {
    id,
    userName,
    ...(externalId && { externalId }),
    ...(displayName && { displayName }),
    active: typeof active === 'string' ? active.toLowerCase() === 'true' : active,
  };
}

/** Reads a group. Kiro never lists its members. */
export function parseGroup(body: unknown): ScimGroup {
  const { id, displayName, externalId } = parseResource(group, body);
  return { id, displayName, ...(externalId && { externalId }) };
}

/** The resources of an answer that lists all of them on one page. */
export function resourcesOf(body: unknown): readonly unknown[] {
  return parseResource(list, body).Resources;
}

/** Reads a resource by its shape; throws a {@link ScimError} of reason `malformed` that names where, never the value. */
export function parseResource<T>(schema: v.GenericSchema<unknown, T>, body: unknown): T {
  const result = v.safeParse(schema, body, { abortEarly: true });
  if (result.success) return result.output;
  // Names where, never the value: people's names are none of a log's business.
  const where = v.getDotPath(result.issues[0]) ?? 'the whole answer';
  throw new ScimError('malformed', 200, `Unexpected shape at ${where}.`);
}
