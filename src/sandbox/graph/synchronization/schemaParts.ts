import { badRequest } from '../errors.ts';
import { isJson } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';

/** Attribute definitions of one object by name. */
export type Attributes = ReadonlyMap<unknown, Json>;

/** A collection of objects of a schema; 400 for anything else. */
export function objects(value: unknown, name: string): Json[] {
  if (!Array.isArray(value) || !value.every(isJson)) throw refused(`'${name}' isn't a collection of objects`);
  return value;
}

/** 400 with what is wrong with a schema. */
export function refused(why: string): Error {
  return badRequest(`The synchronization schema is invalid: ${why}.`, 'InvalidSynchronizationSchema');
}
