import type { Choices, Json, Plan } from '../guide/change.ts';
import type { Comparison } from '../guide/comparison.ts';
import type { Health } from '../guide/health.ts';
import type { Kept, KeptApplication } from '../guide/kept.ts';
import type { Notice } from '../guide/preflight.ts';
import type { StepNumber } from '../guide/requirement.ts';
import type { Snapshot } from '../guide/snapshot.ts';
import type { Text } from '../guide/text.ts';
import type { CompareOptions } from './comparePeople.ts';
import type { Connection } from './connection.ts';
import type { OnDemand } from './onDemandDesk.ts';
import type { Drift } from '../guide/drift.ts';
import type { Leaving } from './leaving/desk.ts';
import type { PeopleQuestions } from './peopleQuestions.ts';
import type { Rescue } from './rescue/desk.ts';
import type { Undoable } from './undo/undoable.ts';

/**
 * An open connection: the imperative shell around `guide/`. Views render `health`, commands call the rest.
 * Made by `openSession` in `open.ts`.
 */
export interface Session {
  readonly connection: Connection;
  readonly kept: Kept;
  /** The connection's clock, epoch milliseconds: the system's, or that of a sandbox, which can be stepped. */
  now(): number;
  /** The last look and what was made of it; `undefined` before the first one. */
  readonly current: Observation | undefined;
  /** Called after `current` or `kept` changed. Returns a function that stops the calls. */
  onDidChange(listener: () => void): () => void;

  /** Looks once; concurrent calls share one look. A part that can't be read is `unknown`, never an exception. */
  observe(options?: { signal?: AbortSignal; interactive?: boolean }): Promise<Observation>;
  /** Plans a step, or only what meets the named requirements, against the last look. Sends nothing. */
  plan(step: StepNumber, options: { choices: Partial<Choices>; only?: readonly string[] }): Plan;
  /** What stands against a plan before anything is sent: role, licence, account. Reads only, and opens no browser. */
  preflight(plan: Plan, options?: { signal?: AbortSignal }): Promise<readonly Notice[]>;
  /** Permissions that a plan needs and that were not granted yet: applying it opens the browser to ask for them. */
  permissionsToAsk(plan: Plan): Promise<readonly string[]>;
  /** Carries a previewed plan out; see {@link ApplyOutcome}. */
  apply(plan: Plan, options: ApplyOptions): Promise<ApplyOutcome>;

  /** What applying would send now, as a script for whoever lets no tool write; without any secret. */
  script(plan: Plan, shell: Shell): string;
  /** Takes somebody's word that the script of this plan ran to its end, and journals its requests. */
  scriptRan(plan: Plan): Promise<void>;

  /** Stores what the admin entered or ticked, then judges the last look again without asking Graph. */
  keep(update: (kept: Kept) => Kept): Promise<void>;
  /** Puts Kiro's SCIM token into secret storage. Rejects with a `BadInput` sentence if it can't be one. */
  keepScimToken(token: string, madeAt: number | undefined): Promise<void>;
  /** Applications of the tenant that look like Kiro's, to adopt. */
  candidates(options?: { signal?: AbortSignal }): Promise<readonly Candidate[]>;
  /** Turns the connection to it; the next look shows it. */
  adopt(candidate: Candidate): Promise<void>;
  /** Groups by the start of their name (all, up to 50, for an empty string). */
  searchGroups(start: string, options?: { signal?: AbortSignal }): Promise<readonly GroupChoice[]>;
  /** Why somebody can't use Kiro, and who can. Reads only. */
  readonly people: PeopleQuestions;
  /** Provisions one person, or everybody in an assigned group, without waiting for Entra's next cycle. */
  readonly onDemand: OnDemand;
  /** The repair of people whom Kiro keeps under a wrong external ID. */
  readonly rescue: Rescue;
  /** Removing a person's access. */
  readonly leaving: Leaving;
  /** Holds everyone in the assigned groups against everyone in Kiro. Reads only; see `compareNow.ts`. */
  comparePeople(options?: CompareOptions): Promise<Comparison>;
  /** The last comparison of this session. */
  readonly comparison: Comparison | undefined;
  /** Last rows of the provisioning log, newest first; needs Entra ID P1. */
  provisioningEvents(options?: { signal?: AbortSignal }): Promise<readonly ProvisioningEvent[]>;
  /** Registers a client of the organization's own for this tool, asking for these permissions; its client ID. */
  registerClient(permissions: readonly string[], options?: { signal?: AbortSignal }): Promise<string>;
  /** What this tool changed and can take back, newest first. */
  undoable(): Promise<readonly Undoable[]>;
  /** Carries out a plan of `undoPlan`: one request after another, each journalled as taking its change back. */
  undo(plan: Plan, options: ApplyOptions): Promise<ApplyOutcome>;
  /** Holds the last look against the one before, over restarts too: what somebody else broke, told once. */
  drift(): Promise<Drift | undefined>;
  /** The journal, oldest first. */
  journal(): Promise<readonly JournalEntry[]>;
  /** A document without this connection's secrets, should one have got into it. */
  withoutSecrets(document: string): Promise<string>;
  /** Forgets everything that is kept for this connection, secrets too. */
  forget(): Promise<void>;
}

export type Shell = 'bash' | 'powerShell';

export interface Observation {
  readonly snapshot: Snapshot;
  readonly health: Health;
}

export interface ApplyOptions {
  readonly signal?: AbortSignal;
  /** The change under way, and how many of how many are done. */
  readonly onProgress?: (progress: {
    readonly title: Text;
    readonly done: number;
    readonly total: number;
  }) => void;
}

/**
 * How an apply ended. `done`: every previewed change was made or was no longer needed. `cancelled` and `failed` leave
 * a state that the next apply completes. `changed`: the tenant needs a change that was not previewed; ask again.
 */
export interface ApplyOutcome {
  readonly result: 'done' | 'cancelled' | 'failed' | 'changed' | 'waiting';
  /** Ids of the changes that were made. */
  readonly made: readonly string[];
  /** One sentence for the end. */
  readonly summary: Text;
}

export interface Candidate {
  readonly appId: string;
  readonly applicationId: string;
  readonly servicePrincipalId: string;
  readonly displayName: string;
  /** Made from the non-gallery template, so that it can be provisioned. */
  readonly provisionable: boolean;
  readonly createdDateTime: string | null;
}

export interface GroupChoice {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly securityEnabled: boolean;
  readonly dynamic: boolean;
}

export interface ProvisioningEvent {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly action: string;
  readonly status: 'success' | 'failure' | 'skipped' | 'warning';
  readonly subject: string;
  readonly errorCode?: string;
  readonly reason?: string;
}

/** One line of the journal: an intention is written before the request is sent, its outcome after it. */
export interface JournalEntry {
  /** The same for an intention and its outcome. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly account: string;
  /** `created`: an application exists under its temporary name, see `createApplication.ts`. */
  readonly phase: 'intended' | 'created' | 'done' | 'failed';
  readonly changes: readonly string[];
  /** What the preview called them, in English. */
  readonly titles: readonly string[];
  readonly method: string;
  readonly path: string;
  /** Secrets stand as their placeholder. */
  readonly body?: Json;
  readonly inverse?: Json;
  readonly status?: number;
  readonly requestId?: string;
  readonly note?: string;
  /** Id of what the answer made, for the request that takes it back. */
  readonly answeredId?: string;
  /** The same for every request of one apply. */
  readonly apply?: string;
  /** The entry that this one took back. */
  readonly undoes?: string;
  /** Application that the answer made. */
  readonly application?: KeptApplication;
  /** Outcome of a credential validation. */
  readonly validated?: { readonly endpoint: string; readonly ok: boolean };
  /** The run of provisioning on demand for a whole group that this call is a part of; see `pushedInRun.ts`. */
  readonly run?: { readonly id: string; readonly group: string };
  /** Outcome of provisioning on demand. */
  readonly pushed?: readonly { readonly objectId: string; readonly ok: boolean }[];
}
