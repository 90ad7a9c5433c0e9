import type { SandboxOptions } from '../../src/sandbox/options.ts';
import type { Kept } from '../../src/guide/kept.ts';
import type { OnDemandPerson } from '../../src/guide/onDemandTarget.ts';
import type { Place } from './place.ts';

/**
 * One thing that somebody does to a set-up. In paths, fields and bodies `{app}`, `{appId}`, `{sp}`, `{job}`,
 * `{user:NAME}`, `{group:NAME}`, `{record:NAME}` and `{kiroGroup:NAME}` stand for ids (`place.ts`).
 */
export type Step =
  | {
      readonly graph: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
      readonly path: string;
      readonly body?: unknown;
    }
  /** An action of Kiro's console, or of the DNS provider's. */
  | { readonly kiro: string; readonly fields?: Readonly<Record<string, string>> }
  | {
      readonly scim: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
      readonly path: string;
      readonly body?: unknown;
    }
  /** A POST to the control server. */
  | { readonly control: string; readonly body: unknown }
  | { readonly minutes: number }
  | 'cycle'
  | ((place: Place) => Promise<void>);

/** A set-up that is broken in one known way. */
export interface Fault {
  /** Stable, for people who look for it. */
  readonly name: string;
  /** What the sandbox starts as; healthy where nothing is said. */
  readonly from?: Partial<SandboxOptions>;
  readonly broken: readonly Step[];
  /** Id of the cause that has to be named first. */
  readonly cause: string;
  /** Whom somebody asks about, besides everybody who is assigned. */
  readonly person?: string;
  /** What the admin told the tool otherwise than the console has it. */
  readonly told?: (kept: Kept, now: number) => Kept;
  /** Group to assign in the repair, by its name. */
  readonly choose?: string;
  /** What only a person can do towards the repair, before it is applied. */
  readonly byHand?: readonly Step[];
  /** What only a person can do once the repair was applied and Entra's cycle is over: groups and seats in Kiro's console. */
  readonly afterwards?: readonly Step[];
}

/** A cause as it is told. */
export interface Cause {
  readonly id: string;
  readonly title: string;
  readonly evidence: string;
  /** What the tool would do about it; absent where only a person can. */
  readonly repair?: string;
  /** For whom attributes would be left out, to find which of them is refused. */
  readonly leaveOut?: OnDemandPerson;
  /** Whom provisioning on demand would mend. */
  readonly cure?: OnDemandPerson;
}
