import type { GraphError } from './graphError.ts';

/** One read of Microsoft Graph: where, with which permissions, and what its body is. */
export interface GraphRead<T> {
  /** Relative to the version root; query values percent-encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Graph delegated permissions without prefix. */
  readonly scopes: readonly string[];
  /** Follow `@odata.nextLink` to the end; `parse` then gets all of `value` in one body. */
  readonly allPages?: boolean;
  /** Throws a {@link GraphError} of reason `malformed` for a body of another shape. */
  readonly parse: (body: unknown) => T;
  /** Stands for a 404; its key must be there, the value may be `undefined`. */
  readonly whenNotFound?: T | undefined;
}

/** What became of one read; `at` is in epoch milliseconds. */
export type ReadResult<T> =
  | { readonly ok: true; readonly value: T; readonly at: number }
  | { readonly ok: false; readonly error: GraphError };
