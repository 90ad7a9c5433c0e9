/**
 * What is stored for a connection because no API can tell it (ARCHITECTURE.md, "What is stored"). Holds no secret:
 * the SCIM token lives in secret storage, here stands only that it is there. All moments are epoch milliseconds.
 */
export interface Kept {
  /** The application this connection is about; absent until one is created or adopted. */
  readonly application?: KeptApplication;
  /** One that can never be provisioned, in whose place `application` was made or chosen: people have to be moved from it. */
  readonly formerApplication?: KeptApplication;
  readonly domains: readonly KeptDomain[];
  readonly region?: 'us-east-1' | 'eu-central-1';
  readonly scim?: KeptScim;
  readonly ticks: Partial<Readonly<Record<TickId, number>>>;
  /** People whose access was removed, while something of it stays open. */
  readonly leavers?: readonly KeptLeaver[];
}

export interface KeptLeaver {
  /** Object id. */
  readonly id: string;
  readonly name: string;
  /** When the removal was begun. */
  readonly at: number;
  /** When Kiro was read back as having them inactive, or not at all. */
  readonly inactiveAt?: number;
}

export interface KeptApplication {
  readonly appId: string;
  /** Object id of the application. */
  readonly applicationId: string;
  readonly servicePrincipalId: string;
}

export interface KeptDomain {
  /** A-label form, lower case, no trailing dot. */
  readonly name: string;
  /** The whole TXT value, `kiro-site-verification=<uuid>`; absent for a domain that was verified before. */
  readonly verificationValue?: string;
  /** When Kiro gave the value out: its 24 hours run from here. */
  readonly addedAt?: number;
  /** When the admin ticked "Verified" as seen in the Kiro console. */
  readonly verifiedAt?: number;
}

export interface KeptScim {
  /** Base URL without trailing slash, ends in `/scim/v2`; absent while only the token was entered. */
  readonly endpoint?: string;
  readonly tokenStored: boolean;
  /** When the stored token was entered here. */
  readonly tokenEnteredAt?: number;
  /** When the token was made in the Kiro console, as the admin said. */
  readonly tokenMadeAt?: number;
  /** How many tokens the Kiro console lists (0 to 2), as the admin said. */
  readonly tokenCount?: number;
}

/** What only a person can confirm. */
export const tickIds = [
  'profile',
  'tokenCount',
  'groupSubscription',
  'subscriptionActivated',
  'seatsReviewed',
  // Only in clouds where Microsoft Graph can't tell.
  'credentialsSaved',
  'mappingCorrected',
] as const;
/** That the seat of a person who left is deleted, by their object id. */
export type LeftTick = `left.${string}`;
export type TickId = (typeof tickIds)[number] | LeftTick;

export const nothingKept: Kept = { domains: [], ticks: {} };
