import assert from 'node:assert/strict';
import { startGraph } from './support.ts';
import type { CallOptions, Graph } from './support.ts';

/**
 * What a document shows of an answer. A plain value stands for itself, an object for its properties and more, a function
 * for any value that it accepts.
 */
export type Shape =
  | string
  | number
  | boolean
  | null
  | ((value: unknown) => boolean)
  | readonly Shape[]
  | { readonly [name: string]: Shape };

export const text = (value: unknown): boolean => typeof value === 'string';
export const filled = (value: unknown): boolean => typeof value === 'string' && value !== '';
export const flag = (value: unknown): boolean => typeof value === 'boolean';
export const count = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value);
export const guid = (value: unknown): boolean =>
  typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
export const moment = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
export const matching =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && pattern.test(value);
export const nullOr =
  (shape: Shape) =>
  (value: unknown): boolean =>
    value === null || differences(value, shape).length === 0;
export const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);
/** A list, each entry of this shape; at least one of them. */
export const listOf =
  (shape: Shape) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length > 0 && value.every((one) => differences(one, shape).length === 0);
/** A list in which at least one entry has this shape. */
export const including =
  (shape: Shape) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.some((one) => differences(one, shape).length === 0);
/** JSON in a string. */
export const json =
  (shape: Shape) =>
  (value: unknown): boolean => {
    if (typeof value !== 'string') return false;
    try {
      return differences(JSON.parse(value), shape).length === 0;
    } catch {
      return false;
    }
  };

/** An `@odata.context`. */
export const context = (path: string): Shape => `http://graph.test/v1.0/$metadata#${path}`;
/** Graph's error envelope (Microsoft Graph: error responses and resource types). */
export const refused = (code: string, message: Shape = filled): Shape => ({
  error: {
    code,
    message,
    innerError: {
      date: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      'request-id': guid,
      'client-request-id': guid,
    },
  },
});

/** Where a value isn't of a shape, one sentence for each place. */
export function differences(value: unknown, shape: Shape, path = ''): string[] {
  const place = path || 'the answer';
  if (typeof shape === 'function')
    return shape(value) ? [] : [`${place} is ${JSON.stringify(value)}, not ${shape.name || 'as documented'}`];
  if (typeof shape !== 'object' || shape === null)
    return Object.is(value, shape)
      ? []
      : [`${place} is ${JSON.stringify(value)}, not ${JSON.stringify(shape)}`];
  if (Array.isArray(shape)) {
    if (!Array.isArray(value) || value.length !== shape.length)
      return [`${place} is ${JSON.stringify(value)}, not a list of ${shape.length}`];
    return shape.flatMap((one: Shape, index) => differences(value[index], one, `${path}/${index}`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${place} is ${JSON.stringify(value)}, not an object`];
  return Object.entries(shape).flatMap(([name, one]) =>
    name in value ? differences(read(value, name), one, `${path}/${name}`) : [`${path}/${name} is missing`],
  );
}

function read(value: object, name: string): unknown {
  return (value as Record<string, unknown>)[name];
}

/** A documented request and the answer that the document shows. */
export interface ShapeRow<T> {
  /** What is asked, and the page or metadata that shows the answer. */
  readonly does: string;
  readonly source: string;
  readonly request: (
    made: T,
  ) => readonly [method: string, path: string, body?: unknown, options?: CallOptions];
  readonly status: number;
  /** Absent: the answer has no body. */
  readonly shape?: (made: T) => Shape;
}

/** One test for each row: a fresh tenant, what `prepare` makes in it, the request, the shape. */
export function describeShapes<T>(
  title: string,
  rows: readonly ShapeRow<T>[],
  prepare: (graph: Graph) => T | Promise<T>,
  options: { readonly premium?: boolean } = {},
): void {
  describe(title, () => {
    for (const row of rows)
      it(`${row.does} (${row.source})`, async () => {
        const graph = await startGraph(options);
        const made = await prepare(graph);
        const answer = await graph.call(...row.request(made));
        assert.equal(answer.status, row.status, JSON.stringify(answer.body));
        if (!row.shape) assert.equal(answer.body, '');
        else assert.deepEqual(differences(answer.body, row.shape(made)), []);
      });
  });
}
