import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Connection } from '../../engine/connection.ts';
import type { KeyValue, Secrets } from '../../engine/ports.ts';
import type { Session } from '../../engine/session.ts';
import type { Cloud } from '../../entra/clouds.ts';
import type { Account, SignIn } from '../../entra/signIn/account.ts';
import type { ContextKeySetter } from '../contextKeys.ts';
import { logLines } from '../errors.ts';
import { systemClock } from '../ports/clock.ts';
import { fileLines } from '../ports/lines.ts';
import type { SessionStore } from '../sessionStore.ts';
import { BrowserWait } from './browserWait.ts';
import type { ConnectionStore } from './connectionStore.ts';
import { readScopes } from './readScopes.ts';
import { followScim } from './followScim.ts';
import type { SandboxEnd, SandboxHolder } from './sandboxHolder.ts';
import type { ConnectionPorts } from './sandboxStore.ts';
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
    deps.sandbox.onDidEnd((how) => this.#sandboxEnded(how));
  }

  /** Signs in through the browser and opens the connection. A wait for the browser can be cancelled. */
  async signIn(): Promise<void> {
    const { store, keys, sandbox } = this.#deps;
    const hadSession = store.session !== undefined;
    keys.set('kiroConnect.busy', true);
    if (!hadSession) store.close('opening');
    try {
      const endpoints = sandbox.endpoints;
      const { clouds } = await import('../../entra/clouds.ts');
      const cloud = clouds[endpoints ? 'global' : cloudSetting()];
      const signIn = await this.#openSignIn(cloud, endpoints);
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

  /** The last window had a connection to go on with. */
  get hasLast(): boolean {
    return this.#deps.sandbox.remembered || this.#deps.remembered.remembered !== undefined;
  }

  /** Opens the connection of the last window without asking anything of anyone. Nothing when there was none. */
  async restore(): Promise<void> {
    const { remembered, sandbox, store } = this.#deps;
    if (store.session) return;
    if (sandbox.remembered) return this.#restoreSandbox();
    const last = remembered.remembered;
    if (!last) return;
    store.close('opening');
    try {
      const { clouds } = await import('../../entra/clouds.ts');
      const cloud = clouds[last.cloud];
      const signIn = await this.#openSignIn(cloud, undefined, last.tenantId);
      const account = { id: last.homeAccountId, tenantId: last.tenantId, username: last.account };
      await this.#connect(signIn, account, connectionOf(account, cloud, undefined));
    } catch (error) {
      store.close('signedOut');
      throw error;
    }
  }

  /** Goes on at the running sandbox with the account that was signed in there last. False when there is none. */
  async resumeSandbox(): Promise<boolean> {
    const { endpoints } = this.#deps.sandbox;
    if (!endpoints) return false;
    const { clouds } = await import('../../entra/clouds.ts');
    const signIn = await this.#openSignIn(clouds.global, endpoints);
    const accounts = await signIn.accounts();
    const account = accounts.find(({ tenantId }) => tenantId === endpoints.tenantId);
    if (!account) return false;
    await this.#connect(signIn, account, connectionOf(account, clouds.global, endpoints));
    return true;
  }

  async #restoreSandbox(): Promise<void> {
    const { keys, log, sandbox, store } = this.#deps;
    keys.set('kiroConnect.busy', true);
    store.close('opening');
    try {
      await sandbox.start();
      if (!(await this.resumeSandbox())) store.close('sandboxReady');
    } catch (error) {
      // Nobody asked for it in this window, and another one may have it: the view says that it doesn't run here.
      log.warn(`The sandbox tenant could not be started again: ${logLines(error)}`);
      store.close(sandbox.endpoints ? 'sandboxReady' : 'sandboxStopped');
    } finally {
      keys.set('kiroConnect.busy', false);
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
    if (connection.kind === 'sandbox') {
      const { scim } = connection.endpoints;
      if (followScim(session.kept, scim) !== session.kept)
        await session.keep((kept) => followScim(kept, scim));
    } else {
      const { tenantId, cloud } = connection;
      const { username, id } = account;
      await remembered.remember({ tenantId, account: username, cloud: cloud.id, homeAccountId: id });
    }
    this.#deps.keys.set('kiroConnect.signedIn', true);
    store.open(session);
  }

  #openSignIn(cloud: Cloud, endpoints: SandboxHolder['endpoints'], tenant?: string): Promise<SignIn> {
    const { sandbox, secrets, log } = this.#deps;
    const common = { cloud, log, browser: this.#browser };
    return endpoints
      ? openSignIn({ ...common, secrets: sandbox.ports.secrets, sandbox: endpoints })
      : openSignIn({ ...common, secrets, ...(tenant !== undefined && { tenant }) });
  }

  #tenantPorts(connectionKey: string): ConnectionPorts {
    const { secrets, keyValue, storagePath } = this.#deps;
    const file = `${connectionKey.replaceAll(/[^\w.-]/g, '_')}.jsonl`;
    return { secrets, keyValue, lines: fileLines(join(storagePath, 'journal', file)) };
  }

  #sandboxEnded(how: SandboxEnd): void {
    if (this.#open && this.#open.session.connection.kind !== 'sandbox') return;
    this.#close(how === 'stopped' ? 'signedOut' : 'sandboxStopped');
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
