import * as v from 'valibot';
import type { ServiceDescription } from '../guide/comparison.ts';
import { parseResource, resourcesOf } from './resources.ts';
import { isScimError } from './scimError.ts';
import type { ScimReader } from './scimReader.ts';

export type { ServiceDescription } from '../guide/comparison.ts';

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';

const supported = v.nullish(v.looseObject({ supported: v.nullish(v.boolean(), false) }));
const config = v.looseObject({
  patch: supported,
  filter: v.nullish(
    v.looseObject({ supported: v.nullish(v.boolean(), false), maxResults: v.nullish(v.number()) }),
  ),
  // RFC 9865, section 4.
  pagination: v.nullish(
    v.looseObject({
      cursor: v.nullish(v.boolean(), false),
      index: v.nullish(v.boolean(), false),
      maxPageSize: v.nullish(v.number()),
    }),
  ),
});

const attribute = v.looseObject({
  name: v.string(),
  mutability: v.nullish(v.string(), 'readWrite'),
  required: v.nullish(v.boolean(), false),
  caseExact: v.nullish(v.boolean(), false),
  subAttributes: v.nullish(v.array(v.looseObject({ name: v.string() })), () => []),
});
const schema = v.looseObject({ id: v.string(), attributes: v.nullish(v.array(attribute), () => []) });

/**
 * What the endpoint says of itself in `/ServiceProviderConfig` (RFC 7643, section 5) and `/Schemas` (section 7). Both
 * documents may be missing; what they don't say is absent then. Rejects where the endpoint can't be read at all.
 */
export async function describeService(read: ScimReader): Promise<ServiceDescription> {
  const [said, schemas] = await Promise.all([
    optional(read('/ServiceProviderConfig')),
    optional(read('/Schemas')),
  ]);
  const { filter, pagination, patch } = parseResource(config, said ?? {});
  const pageSize = pagination?.maxPageSize ?? filter?.maxResults ?? undefined;
  const paging = pagination?.cursor ? 'cursor' : pagination?.index ? 'index' : undefined;
  const users = resourcesOf(schemas ?? {})
    .map((one) => parseResource(schema, one))
    .find(({ id }) => id === userSchema);
  return {
    filter: filter?.supported ?? false,
    patch: patch?.supported ?? false,
    ...(pageSize !== undefined && pageSize > 0 && { pageSize }),
    ...(paging && { paging }),
    userAttributes: (users?.attributes ?? []).map(
      ({ name, mutability, required, caseExact, subAttributes }) => ({
        name,
        immutable: mutability === 'immutable',
        required,
        caseExact,
        parts: subAttributes.map((part) => part.name),
      }),
    ),
  };
}

/** A service that lacks the document says 404, or 501. */
async function optional(reading: Promise<unknown>): Promise<unknown> {
  try {
    return await reading;
  } catch (error) {
    if (isScimError(error) && (error.status === 404 || error.status === 501)) return undefined;
    throw error;
  }
}
