import type { GraphRequest, Json } from '../../guide/change.ts';

/** One request of the journal that can be taken back, with the requests that do it. */
export interface Undoable {
  /** The journal's id of it. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The apply that it was part of. */
  readonly apply: string | undefined;
  readonly title: string;
  /** What was sent. */
  readonly sent: Json;
  readonly inverse: readonly GraphRequest[];
}
