import { badRequest } from './errors.ts';
import type { GraphContext } from './context.ts';

/** A JSON object as a client sent it. */
export type Json = Record<string, unknown>;

/** Whether a value is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The request's body as a JSON object; 400 for anything else. An empty body counts as `{}` where `optional`. */
export async function bodyOf(c: GraphContext, options: { optional?: boolean } = {}): Promise<Json> {
  const text = await c.req.text();
  if (text.trim() === '') {
    if (options.optional) return {};
    throw badRequest('Empty Payload. JSON content expected.', 'BadRequest');
  }
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type))
    throw badRequest(
      'Write requests (excluding DELETE) must contain the Content-Type header declaration.',
      'RequestBodyRead',
    );
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw badRequest('Unable to read JSON request payload. Ensure it is valid JSON.', 'BadRequest');
  }
  if (!isJson(parsed)) throw badRequest('A JSON object was expected as the request payload.', 'BadRequest');
  return parsed;
}

/** 400 when the body names a property that the resource lacks, or one that can't be written. */
export function onlyKnown(
  body: Json,
  known: { writable: readonly string[]; readOnly?: readonly string[] },
  resource: string,
): void {
  for (const name of Object.keys(body)) {
    if (name.startsWith('@odata.') || known.writable.includes(name)) continue;
    if (known.readOnly?.includes(name))
      throw badRequest(`Property '${name}' is read-only and cannot be set.`, 'Request_BadRequest');
    throw badRequest(`Invalid property '${name}' on resource '${resource}'.`, 'Request_BadRequest');
  }
}

/** What a body sets: `@odata.*` annotations are read by nobody. */
export function withoutAnnotations(body: Json): Json {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !name.includes('@odata.')));
}

/** A required string of a body. */
export function stringOf(body: Json, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '')
    throw badRequest(`A value is required for property '${name}' of resource.`);
  return value;
}

/** An array of strings of a body. */
export function stringsOf(value: unknown, name: string): string[] {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw badRequest(`Invalid value specified for property '${name}': a collection of strings was expected.`);
  return value;
}
