import type { FindingAction, PortalPage } from '../requirement.ts';
import type { Observed, ScimGroup, ScimUser, Snapshot } from '../snapshot.ts';
import type { StepNumber } from '../step.ts';
import type { Text } from '../text.ts';
import type { AccessPolicy } from './accessPolicy.ts';

/** An account of the directory. */
export interface PersonAccount {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly mail?: string;
  /** Absent where the caller may not see it. */
  readonly accountEnabled?: boolean;
  readonly guest: boolean;
}

/** Ids of the groups and directory roles that somebody is in, nested ones too. */
export interface PersonMemberships {
  readonly groupIds: readonly string[];
  readonly roleTemplateIds: readonly string[];
}

/** A row of the provisioning log about one person. */
export interface PersonEvent {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly action: string;
  readonly status: 'success' | 'failure' | 'skipped' | 'warning';
  readonly errorCode?: string;
  /** The service's own words. */
  readonly reason?: string;
  /** What the scoping step asked, and found not to be so. */
  readonly notInScope?: readonly string[];
}

/** A row of the sign-in log about one person and the application. */
export interface PersonSignIn {
  /** Epoch milliseconds. */
  readonly at: number;
  /** 0 for a sign-in that succeeded, else the number of an AADSTS code. */
  readonly errorCode: number;
  readonly reason?: string;
  /** Names of the Conditional Access policies that kept the person out, where the caller may see them. */
  readonly failedPolicies: readonly string[];
}

/** Everything that was read about one person besides the snapshot. */
export interface PersonSighting {
  /** Name or address as it was asked for. */
  readonly typed: string;
  /** Known `undefined`: nobody by that name. */
  readonly account: Observed<PersonAccount | undefined>;
  readonly memberships: Observed<PersonMemberships>;
  /** Newest first. */
  readonly events: Observed<readonly PersonEvent[]>;
  /** Records in Kiro that carry the object id as external ID, or the user name. */
  readonly records: Observed<readonly ScimUser[]>;
  /** Groups in Kiro that the person's record is in. */
  readonly kiroGroups: Observed<readonly ScimGroup[]>;
  readonly policies: Observed<readonly AccessPolicy[]>;
  /** Newest first. */
  readonly signIns: Observed<readonly PersonSignIn[]>;
}

/** The links of the chain, in their order. */
export const linkIds = [
  'domain',
  'account',
  'enabled',
  'setUp',
  'assignment',
  'securityGroup',
  'licence',
  'scope',
  'mapping',
  'job',
  'push',
  'record',
  'externalId',
  'active',
  'name',
  'kiroGroup',
  'consent',
  'conditionalAccess',
  'signIn',
  'seat',
] as const;
export type LinkId = (typeof linkIds)[number];

/** `waiting`: nothing is wrong, a clock still runs. */
export type LinkStatus = 'ok' | 'broken' | 'waiting' | 'unknown';

/** One link between a person and Kiro. */
export interface Link {
  readonly id: LinkId;
  readonly title: Text;
  readonly status: LinkStatus;
  /** What was seen, as a sentence. */
  readonly evidence: Text;
  /** Broken: the cure. Unknown: what would make it known. Ok: worth knowing all the same. */
  readonly remedy?: Text;
  /** Broken, but it keeps nobody out. */
  readonly minor?: true;
  /** Of `waiting`: until about when, epoch milliseconds. */
  readonly until?: number;
  readonly action?: LinkAction;
  readonly portal?: PortalPage;
  /** Unknown only because permission to read it was not asked for yet. */
  readonly deeper?: true;
}

/** What of this tool mends it. */
export type LinkAction =
  | Exclude<FindingAction, { readonly kind: 'apply' }>
  | { readonly kind: 'applyRequirement'; readonly requirement: string; readonly step: StepNumber }
  | { readonly kind: 'testSignIn' };

/** What every link is judged by. */
export interface PersonCase {
  readonly snapshot: Snapshot;
  readonly seen: PersonSighting;
  readonly account: PersonAccount;
  /** The record in Kiro with the person's object id. */
  readonly record: ScimUser | undefined;
  /** A record under the person's user name, with another external ID. */
  readonly namesake: ScimUser | undefined;
  /** Kiro has the person as it should: whatever is wrong with provisioning now, it is not why they are kept out. */
  readonly held: boolean;
}

type More = Partial<Omit<Link, 'id' | 'title' | 'status' | 'evidence'>>;

/** Makes the links of one id. */
export function linkOf(id: LinkId, title: Text) {
  const make =
    (status: LinkStatus) =>
    (evidence: Text, more: More = {}): Link => ({ id, title, status, evidence, ...more });
  return { ok: make('ok'), broken: make('broken'), waiting: make('waiting'), unknown: make('unknown') };
}
