/** What a SCIM endpoint says of itself; what it doesn't say is absent. */
export interface ServiceDescription {
  readonly filter: boolean;
  readonly patch: boolean;
  /** Entries that a page holds at most. */
  readonly pageSize?: number;
  readonly paging?: 'cursor' | 'index';
  /** Attributes of a user; empty where the endpoint lists none. */
  readonly userAttributes: readonly ServiceAttribute[];
}

export interface ServiceAttribute {
  readonly name: string;
  /** Kept as first sent. */
  readonly immutable: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  /** Names of its sub-attributes. */
  readonly parts: readonly string[];
}

/**
 * In which way a person differs between Entra and Kiro. `disabled`: disabled in Entra, active in Kiro. `orphan`: active in
 * Kiro, in no assigned group. `direct`: assigned alone, by no group. `notMember` and `strayMember`: of a group in Kiro.
 */
export const differenceKinds = [
  'wrongId',
  'missing',
  'inactive',
  'disabled',
  'orphan',
  'direct',
  'duplicate',
  'guidName',
  'noName',
  'notMember',
  'strayMember',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export interface Difference {
  readonly kind: DifferenceKind;
  /** Display name, else user name, else id. */
  readonly name: string;
  readonly userName: string;
  /** Object id in Entra, where the person is known there. */
  readonly objectId?: string;
  /** Id of the record in Kiro. */
  readonly recordId?: string;
  /** The external ID that Kiro has; for memberships the group. */
  readonly found?: string;
}

/** A group on both sides. `unassigned`: Kiro has it, Entra does not assign it. */
export interface ComparedGroup {
  readonly name: string;
  readonly state: 'same' | 'missing' | 'wrongId' | 'unassigned' | 'membersUnknown';
  /** Direct members in Entra who are people and in Kiro, and of those the ones that Kiro's group lacks. */
  readonly members: number;
  readonly lacking: number;
  readonly strays: number;
}

/** Everyone in the assigned groups held against everyone in Kiro. */
export interface Comparison {
  /** Epoch milliseconds of its end. */
  readonly at: number;
  /** Enabled direct members of the assigned groups, each once. */
  readonly people: number;
  /** Of them those that are active in Kiro under their object id. */
  readonly arrived: number;
  /** Users in Kiro's endpoint. */
  readonly records: number;
  /** Inactive in Kiro and assigned by nothing: Kiro keeps records of those who left. */
  readonly left: number;
  readonly counts: Readonly<Record<DifferenceKind, number>>;
  /** Named, at most {@link mostNamed} of a kind; `counts` has all. */
  readonly differences: readonly Difference[];
  readonly groups: readonly ComparedGroup[];
  readonly service: ServiceDescription;
}

/** Differences of one kind that a comparison names. */
export const mostNamed = 1_000;
