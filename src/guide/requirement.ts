import type { Blocked, Change, Choices } from './change.ts';
import type { TickId } from './kept.ts';
import type { Snapshot } from './snapshot.ts';
import type { StepNumber } from './step.ts';
import type { Text } from './text.ts';

export type { StepNumber } from './step.ts';

export type FindingStatus = 'met' | 'unmet' | 'waiting' | 'unknown' | 'manual';

/** One demand of the guide: how it is judged, and the plan that meets it where Microsoft Graph can. */
export interface Requirement {
  /** Dotted and stable, for example `configuration.tokenVersion`. */
  readonly id: string;
  readonly step: StepNumber;
  readonly title: Text;
  /** Why Kiro needs it. */
  readonly why: Text;
  /** A warning never blocks a later step and never turns health to "failing". */
  readonly severity: 'required' | 'warning';
  readonly evaluate: (snapshot: Snapshot) => Verdict;
  /** Changes that turn an unmet verdict into a met one; absent where only a person can. */
  readonly plan?: (snapshot: Snapshot, choices: Choices) => readonly Change[] | Blocked;
  /** Changes that keep an unmet verdict from doing harm: made before all others, also where an obstacle forbids those. */
  readonly first?: (snapshot: Snapshot) => readonly Change[];
  /** Planned only where it is asked for by name: some leave it unmet on purpose, so the whole step's plan passes it over. */
  readonly alone?: true;
  /** Whether these choices ask for more although the verdict is met, for example for one more group. */
  readonly wanted?: (choices: Choices) => boolean;
}

/** What an evaluation says. {@link Finding} adds who said it. */
export interface Verdict {
  readonly status: FindingStatus;
  /** State in a few words, for a tree row. */
  readonly label: Text;
  /** What was seen, as a sentence. */
  readonly evidence: Text;
  /** Nothing can be said before this earlier step is done. */
  readonly after?: StepNumber;
  /** What to do, where to look or what would make it known; absent when met. */
  readonly remedy?: Text;
  /** Only for `waiting`: for what and, if it can be told, until when (epoch milliseconds). */
  readonly waiting?: { readonly for: Text; readonly until?: number };
  /** The one action that makes sense now. */
  readonly action?: FindingAction;
  /** A value worth copying; never a secret. */
  readonly copy?: string;
  /** A page of a portal where it can be seen. */
  readonly portal?: PortalPage;
  /** People are kept out by this right now: the status bar may turn red. */
  readonly peopleAffected?: boolean;
}

export interface Finding extends Verdict {
  readonly id: string;
  readonly step: StepNumber;
  readonly title: Text;
  readonly why: Text;
  readonly severity: 'required' | 'warning';
}

export type FindingAction =
  | { readonly kind: 'apply' }
  /** Of this requirement only: the whole step's plan passes it over. */
  | { readonly kind: 'applyAlone' }
  /** Of another step, which has to come first. */
  | { readonly kind: 'applyStep'; readonly step: StepNumber }
  | { readonly kind: 'createOrAdopt' }
  | { readonly kind: 'chooseRegion' }
  | { readonly kind: 'enterDomain' }
  | { readonly kind: 'enterVerificationValue'; readonly domain: string }
  | { readonly kind: 'confirmVerified'; readonly domain: string }
  | { readonly kind: 'enterScimEndpoint' }
  | { readonly kind: 'enterScimToken' }
  | { readonly kind: 'chooseGroup' }
  | { readonly kind: 'repairExternalIds' }
  /** Object id of somebody in an assigned group. */
  | { readonly kind: 'provisionNow'; readonly person: string }
  /** The same: leaves attributes out, to find which of them keeps the person from coming. */
  | { readonly kind: 'leaveOutAttributes'; readonly person: string }
  | { readonly kind: 'tick'; readonly tick: TickId };

/** Pages of the portals that the guide names; `guide/portal.ts` turns them into addresses. */
export const portalPages = [
  'appRegistration',
  'exposeAnApi',
  'authentication',
  'manifest',
  'enterpriseApplication',
  'permissions',
  'provisioning',
  'provisioningLogs',
  'usersAndGroups',
  'formerApplication',
  'kiroConsole',
] as const;
export type PortalPage = (typeof portalPages)[number];
