import type { Secrets } from '../../engine/ports.ts';
import type { TokenCacheEntry } from '../../entra/signIn/account.ts';
import type { FileLock } from '../ports/fileLock.ts';

/**
 * One account's tokens in secret storage, in an entry of its own. Until somebody has signed in nothing is stored: who it
 * will be is not known yet.
 */
export class TokenCache implements TokenCacheEntry {
  readonly #secrets: Secrets;
  readonly #lock: FileLock;
  #key: string | undefined;
  #unsaved: string | undefined;

  constructor(options: { readonly secrets: Secrets; readonly lock: FileLock; readonly key?: string }) {
    this.#secrets = options.secrets;
    this.#lock = options.lock;
    this.#key = options.key;
  }

  hold(): Promise<() => Promise<void>> {
    return this.#key === undefined ? Promise.resolve(async () => undefined) : this.#lock.hold();
  }

  async load(): Promise<string | undefined> {
    return this.#key === undefined ? this.#unsaved : this.#secrets.get(this.#key);
  }

  async save(cache: string): Promise<void> {
    if (this.#key === undefined) this.#unsaved = cache;
    else await this.#secrets.set(this.#key, cache);
  }

  /** From here on what was signed in to is stored under this key. */
  async storeAs(key: string): Promise<void> {
    const cache = this.#unsaved;
    this.#key = key;
    this.#unsaved = undefined;
    if (cache !== undefined) await this.#secrets.set(key, cache);
  }

  /** Nothing of it stays in secret storage. */
  async remove(): Promise<void> {
    this.#unsaved = undefined;
    if (this.#key === undefined) return;
    const release = await this.hold();
    try {
      await this.#secrets.delete(this.#key);
    } finally {
      await release();
    }
  }
}

/** Name of an account's entry in secret storage: tokens of two tenants, accounts, clouds or clients never meet. */
export function tokenCacheKey(of: {
  readonly cloud: string;
  readonly clientId: string;
  readonly tenantId: string;
  readonly homeAccountId: string;
}): string {
  return `msal/tenant/${of.cloud}/${of.clientId}/${of.tenantId}/${of.homeAccountId}`;
}

/** Name of the sandbox account's entry, in the sandbox's own part of secret storage. */
export const sandboxTokenCacheKey = 'msal/sandbox';
