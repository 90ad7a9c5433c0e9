/** Tabs of the console; each is a page of this name. */
export type Tab = 'overview' | 'identity' | 'people' | 'subscriptions' | 'dns' | 'provisioning';

/** What an action did: JSON for a program; a sentence, and a secret to show once, for a person. */
export interface Done {
  readonly json: Record<string, unknown>;
  readonly notice: string;
  readonly secret?: string;
}

/** One thing that can be posted. `read` gives a form field, or an empty string. */
export interface Action {
  readonly tab: Tab;
  run(read: (field: string) => string): Done | Promise<Done>;
}
