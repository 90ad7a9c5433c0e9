import type * as vscode from 'vscode';
import type { CloudFacts } from '../../guide/snapshot.ts';

/** What is remembered of a tenant connection. Addresses are not: they come from the built-in list of clouds. */
export interface RememberedConnection {
  readonly tenantId: string;
  readonly account: string;
  readonly cloud: CloudFacts['id'];
  /** For MSAL's cache: which of its accounts this is. */
  readonly homeAccountId: string;
}

const key = 'connection';

/** Which tenant connection was open, so that the next window goes on with it. The sandbox's is kept apart. */
export class ConnectionStore {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get remembered(): RememberedConnection | undefined {
    const stored = this.#memento.get<unknown>(key);
    return isRemembered(stored) ? stored : undefined;
  }

  async remember(connection: RememberedConnection | undefined): Promise<void> {
    await this.#memento.update(key, connection);
  }
}

function isRemembered(stored: unknown): stored is RememberedConnection {
  if (typeof stored !== 'object' || stored === null) return false;
  const { tenantId, account, cloud, homeAccountId } = stored as Record<string, unknown>;
  return (
    [tenantId, account, homeAccountId].every((part) => typeof part === 'string') &&
    (cloud === 'global' || cloud === 'usgov' || cloud === 'dod' || cloud === 'china')
  );
}
