import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Connection } from '../../engine/connection.ts';
import type { KeyValue, Secrets } from '../../engine/ports.ts';
import type { Session } from '../../engine/session.ts';
import type { Account, SignIn } from '../../entra/signIn/account.ts';
import type { ContextKeySetter } from '../contextKeys.ts';
import { systemClock } from '../ports/clock.ts';
import { fileLines } from '../ports/lines.ts';
import type { SessionStore } from '../sessionStore.ts';
import { BrowserWait } from './browserWait.ts';
import type { ConnectionStore } from './connectionStore.ts';
import { readScopes } from './readScopes.ts';
import type { SandboxHolder, ConnectionPorts } from './sandboxHolder.ts';
import { cloudSetting, openSignIn, tokensOf } from './signInRoom.ts';

export interface ConnectionsDeps {
  readonly store: SessionStore;
  readonly remembered: ConnectionStore;
  readonly sandbox: SandboxHolder;
  readonly keys: ContextKeySetter;
  readonly secrets: Secrets;
  readonly keyValue: KeyValue;
  readonly log: vscode.LogOutputChannel;
  /** Folder of the extension's own files. */
  readonly storagePath: string;
}

/** Opens and closes connections. One is open at a time; while the sandbox runs, it is the sandbox's. */
export class Connections {
  readonly #deps: ConnectionsDeps;
  readonly #browser = new BrowserWait();
  #open: { readonly signIn: SignIn; readonly account: Account; readonly session: Session } | undefined;

  constructor(deps: ConnectionsDeps) {
    this.#deps = deps;
    deps.sandbox.onDidEnd(() => this.#sandboxEnded());
  }

  /** Signs in through the browser and opens the connection. A wait for the browser can be cancelled. */
  async signIn(): Promise<void> {
    const { store, keys, sandbox, secrets, log } = this.#deps;
    const hadSession = store.session !== undefined;
    keys.set('kiroConnect.busy', true);
    if (!hadSession) store.close('opening');
    try {
      const endpoints = sandbox.endpoints;
      const { clouds } = await import('../../entra/clouds.ts');
      const cloud = clouds[endpoints ? 'global' : cloudSetting()];
      const signIn = await openSignIn({
        cloud,
        secrets,
        log,
        browser: this.#browser,
        ...(endpoints && { sandbox: endpoints }),
      });
      const account = await this.#browser.during((signal) => signIn.signIn(readScopes, { signal }));
      await this.#connect(signIn, account, connectionOf(account, cloud, endpoints));
    } catch (error) {
      if (!hadSession) store.close(sandbox.endpoints ? 'sandboxReady' : 'signedOut');
      throw error;
    } finally {
      keys.set('kiroConnect.busy', false);
    }
    await store.look();
  }

  /** Opens the connection of the last window without asking anything of anyone. Nothing when there was none. */
  async restore(): Promise<void> {
    const { remembered, store, secrets, log } = this.#deps;
    const last = remembered.remembered;
    if (!last || store.session) return;
    store.close('opening');
    try {
      const { clouds } = await import('../../entra/clouds.ts');
      const cloud = clouds[last.cloud];
      const signIn = await openSignIn({ cloud, secrets, log, browser: this.#browser, tenant: last.tenantId });
      const account = { id: last.homeAccountId, tenantId: last.tenantId, username: last.account };
      await this.#connect(signIn, account, connectionOf(account, cloud, undefined));
    } catch (error) {
      store.close('signedOut');
      throw error;
    }
  }

  /** Forgets the account's tokens on this computer; what was entered for the tenant stays. */
  async signOut(): Promise<void> {
    const open = this.#open;
    this.#close(this.#deps.sandbox.endpoints ? 'sandboxReady' : 'signedOut');
    if (open?.session.connection.kind === 'tenant') await this.#deps.remembered.remember(undefined);
    await open?.signIn.signOut(open.account);
  }

  /** Signs out and forgets all that was entered for this connection, secrets too. The tenant is not changed. */
  async forget(): Promise<void> {
    const open = this.#open;
    await open?.session.forget();
    await this.signOut();
  }

  async #connect(signIn: SignIn, account: Account, connection: Connection): Promise<void> {
    const { openSession } = await import('../../engine/open.ts');
    const { remembered, log, store, sandbox } = this.#deps;
    const session = await openSession(
      {
        tokens: tokensOf(signIn, account, this.#browser),
        ...(connection.kind === 'sandbox' ? sandbox.ports : this.#tenantPorts(connection.key)),
        clock: systemClock,
        log,
        newId: randomUUID,
      },
      connection,
    );
    this.#open = { signIn, account, session };
    if (connection.kind === 'tenant') {
      const { tenantId, cloud } = connection;
      const { username, id } = account;
      await remembered.remember({ tenantId, account: username, cloud: cloud.id, homeAccountId: id });
    }
    this.#deps.keys.set('kiroConnect.signedIn', true);
    store.open(session);
  }

  #tenantPorts(connectionKey: string): ConnectionPorts {
    const { secrets, keyValue, storagePath } = this.#deps;
    const file = `${connectionKey.replaceAll(/[^\w.-]/g, '_')}.jsonl`;
    return { secrets, keyValue, lines: fileLines(join(storagePath, 'journal', file)) };
  }

  #sandboxEnded(): void {
    if (this.#open?.session.connection.kind === 'sandbox') this.#close('sandboxStopped');
    else if (!this.#open && this.#deps.store.state === 'sandboxReady') this.#deps.store.close('signedOut');
  }

  #close(as: 'signedOut' | 'sandboxReady' | 'sandboxStopped'): void {
    this.#open = undefined;
    this.#deps.keys.set('kiroConnect.signedIn', false);
    this.#deps.store.close(as);
  }
}

function connectionOf(
  account: Account,
  cloud: Connection['cloud'],
  endpoints: SandboxHolder['endpoints'],
): Connection {
  const { tenantId, username } = account;
  if (endpoints)
    return { kind: 'sandbox', key: `sandbox:${tenantId}`, tenantId, account: username, cloud, endpoints };
  return { kind: 'tenant', key: `tenant:${cloud.id}:${tenantId}`, tenantId, account: username, cloud };
}
