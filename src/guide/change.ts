import type { StepNumber } from './step.ts';
import type { Text } from './text.ts';

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * One change to the tenant. Concrete when `request` is known; foreseen (`request.kind` is `later`) when it depends on
 * what an earlier change makes. Apply carries out the concrete ones, looks again and plans again: a foreseen change is
 * then concrete under the same id. Changes that were not previewed are never made.
 */
export interface Change {
  /** Stable across planning rounds, for example `configuration.tokenVersion` or `provisioning.mapping.externalId`. */
  readonly id: string;
  readonly step: StepNumber;
  /** The requirements that this change meets. */
  readonly meets: readonly string[];
  readonly title: Text;
  readonly why: Text;
  /** What is, in the portal's terms, for the diff editor. */
  readonly before: Json;
  readonly after: Json;
  readonly request: PlannedRequest;
  /**
   * The request that takes it back, or several in their order; absent: can't be undone, and `notUndoable` says why. `{id}` in its path stands for
   * the id that the answer to `request` gives.
   */
  readonly inverse?: GraphRequest | readonly GraphRequest[];
  readonly notUndoable?: Text;
  /** `people`: someone gains or loses access or a seat; `destructive`: something is lost, type the name. */
  readonly risk: 'low' | 'people' | 'destructive';
  /** Delegated Graph permissions that the request needs (facts of Microsoft Graph's permission reference). */
  readonly scopes: readonly string[];
}

export type PlannedRequest = GraphRequest | LaterRequest;

export interface GraphRequest {
  readonly kind: 'graph';
  readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Relative to the version root, for example `/applications/{id}`. */
  readonly path: string;
  /** `{ "$secret": "scimToken" }` stands for the token, which is put in only when the request is sent. */
  readonly body?: Json;
  /** What the answer means; default is success by HTTP status alone. */
  readonly answer?: 'createdApplication' | 'validation' | 'provisionOnDemand' | 'job';
  /** Consecutive PATCH requests to one path are sent as one when both say so; bodies must not overlap. */
  readonly mergeable?: boolean;
}

export interface LaterRequest {
  readonly kind: 'later';
  readonly method: GraphRequest['method'];
  /** For the preview, with names in braces where an id is not known yet. */
  readonly outline: string;
}

/** What a plan needs besides the snapshot: time and new ids are inputs, so that a plan previewed is the plan applied. */
export interface Choices {
  /** Name of a new application. */
  readonly displayName: string;
  /** Groups to assign, chosen by the admin. */
  readonly groups: readonly { readonly id: string; readonly displayName: string }[];
  /** For whom attributes are to be left out, to find which of them an error comes from. */
  readonly leaveOut?: { readonly id: string; readonly displayName: string };
  /** Fresh GUIDs, one for each use; a plan takes them in order. */
  readonly newIds: readonly string[];
}

/** Why an unmet requirement can't be planned now, and what has to be done first. */
export interface Blocked {
  readonly blocked: Text;
}

/** The changes of one step (or of one requirement), in the order in which they are made. */
export interface Plan {
  readonly step: StepNumber;
  /** What it was planned with, so that the next round plans alike. */
  readonly choices: Choices;
  /** Planned only for these requirements; absent: for the whole step. */
  readonly only?: readonly string[];
  readonly changes: readonly Change[];
  /** Why nothing can be planned although something is unmet, for example a token that has to be entered first. */
  readonly blockedBy: readonly { readonly requirement: string; readonly reason: Text }[];
}
