/** What the engine needs of its surroundings. `extension.ts` hands in VS Code's; `rehearse` and tests hand in others. */

/** Where access tokens for Microsoft Graph come from. */
export interface TokenSource {
  /**
   * A token that carries at least `scopes` (Graph delegated permission names without prefix).
   * May open a browser only if `interactive`; rejects with a `SignInError` when it can't be had.
   */
  accessToken(scopes: readonly string[], options: TokenOptions): Promise<string>;
}

export interface TokenOptions {
  readonly interactive: boolean;
  /** Claims challenge of a 401 answer, decoded, to be passed on once. */
  readonly claims?: string;
  /** Not from the cache: roles that were activated since are in a new token only. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
}

/** Secret storage. Keys carry the connection, so that no secret of one reaches another. */
export interface Secrets {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Small durable values (a VS Code memento). Never a secret. */
export interface KeyValue {
  get(key: string): unknown;
  set(key: string, value: unknown): Promise<void>;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason as soon as it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A log for people; the caller never hands it a secret. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Append-only lines on disk, durable before `append` resolves. */
export interface Lines {
  append(line: string): Promise<void>;
  /** All lines, oldest first. */
  read(): Promise<readonly string[]>;
}
