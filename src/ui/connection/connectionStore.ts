import type { KeyValue } from '../../engine/ports.ts';
import type { CloudFacts } from '../../guide/snapshot.ts';
import { isWay, type Way } from './ways.ts';

/** What is remembered of a connection. Addresses are not: they come from the built-in list of clouds. */
export interface RememberedConnection {
  readonly tenantId: string;
  /** As it was called when it was last seen. */
  readonly tenantName: string;
  readonly account: string;
  readonly cloud: CloudFacts['id'];
  /** For MSAL's cache: which account this is. */
  readonly homeAccountId: string;
  /** Client that the account signed in with; its tokens are of no use to another. */
  readonly clientId: string;
  readonly way: Way;
}

const key = 'connections';

interface Stored {
  /** Newest first. */
  readonly list: readonly RememberedConnection[];
  /** Whether the first of the list is to be opened by the next window. */
  readonly open: boolean;
}

/** The connections that were signed in to, side by side. Those of real tenants and those of a sandbox have a store each. */
export class ConnectionStore {
  readonly #values: KeyValue;

  constructor(values: KeyValue) {
    this.#values = values;
  }

  /** The connection that was open last, for the next window to go on with. */
  get last(): RememberedConnection | undefined {
    const { list, open } = this.#read();
    return open ? list[0] : undefined;
  }

  get all(): readonly RememberedConnection[] {
    return this.#read().list;
  }

  async opened(connection: RememberedConnection): Promise<void> {
    const others = this.#read().list.filter((one) => !isSame(one, connection));
    await this.#write({ list: [connection, ...others], open: true });
  }

  /** No longer to be opened by itself, but still among those that can be chosen. */
  async closed(): Promise<void> {
    await this.#write({ ...this.#read(), open: false });
  }

  async forget(connection: RememberedConnection): Promise<void> {
    const { list, open } = this.#read();
    const first = list[0] !== undefined && isSame(list[0], connection);
    await this.#write({ list: list.filter((one) => !isSame(one, connection)), open: open && !first });
  }

  #read(): Stored {
    const stored = this.#values.get(key);
    if (typeof stored !== 'object' || stored === null) return { list: [], open: false };
    const { list, open } = stored as Record<string, unknown>;
    return { list: Array.isArray(list) ? list.filter(isRemembered) : [], open: open === true };
  }

  async #write(stored: Stored): Promise<void> {
    await this.#values.set(key, stored);
  }
}

/** The same account in the same tenant of the same cloud, whatever client it signed in with. */
export function isSame(one: RememberedConnection, other: RememberedConnection): boolean {
  return (
    one.cloud === other.cloud && one.tenantId === other.tenantId && one.homeAccountId === other.homeAccountId
  );
}

function isRemembered(stored: unknown): stored is RememberedConnection {
  if (typeof stored !== 'object' || stored === null) return false;
  const { tenantId, tenantName, account, cloud, homeAccountId, clientId, way } = stored as Record<
    string,
    unknown
  >;
  return (
    [tenantId, tenantName, account, homeAccountId, clientId].every((part) => typeof part === 'string') &&
    (cloud === 'global' || cloud === 'usgov' || cloud === 'dod' || cloud === 'china') &&
    isWay(way)
  );
}
