import type { GraphRequest, Json } from '../../guide/change.ts';
import type { KeptApplication } from '../../guide/kept.ts';

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
  /** The application that it made. */
  readonly application?: KeptApplication;
}

/** Whether a change was made on an application, and goes with it when it goes. */
export function hangsOn({ sent, inverse }: Undoable, application: KeptApplication): boolean {
  const said = JSON.stringify([sent, inverse]);
  return [application.applicationId, application.servicePrincipalId].some((id) => said.includes(id));
}
