/** A Conditional Access policy, as far as it says who is kept out (Microsoft Graph: conditionalAccessPolicy). */
export interface AccessPolicy {
  readonly displayName: string;
  /** `enabled`, `disabled` or `enabledForReportingButNotEnforced`. */
  readonly state: string;
  readonly includeApplications: readonly string[];
  readonly excludeApplications: readonly string[];
  readonly include: PolicyPeople;
  readonly exclude: PolicyPeople;
  /** Names of Microsoft Graph, for example `browser`; empty: not told. */
  readonly clientAppTypes: readonly string[];
  /** Applies to sign-ins by device code alone or the like, which Kiro does not use. */
  readonly flowsOnly: boolean;
  /** Depends on place, platform, device, risk or a filter: whether it applies shows only at the sign-in. */
  readonly conditional: boolean;
  /** What it asks for, by Microsoft Graph's names: `block`, `mfa`, `compliantDevice` and so on. */
  readonly controls: readonly string[];
}

export interface PolicyPeople {
  /** Object ids, `All`, `None` or `GuestsOrExternalUsers`. */
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** Role template ids. */
  readonly roles: readonly string[];
  /** Guests or members of other tenants are named apart. */
  readonly guests: boolean;
}
