import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { KeyValue, Secrets } from '../../engine/ports.ts';
import type { Session } from '../../engine/session.ts';
import type { Cloud } from '../../entra/clouds.ts';
import type { Account } from '../../entra/signIn/account.ts';
import { valueOf } from '../../guide/snapshot.ts';
import type { ContextKeySetter } from '../contextKeys.ts';
import { logLines } from '../errors.ts';
import { systemClock } from '../ports/clock.ts';
import { FileLock } from '../ports/fileLock.ts';
import type { SessionStore } from '../sessionStore.ts';
import { fittingWay } from './asking.ts';
import { askTenant } from '../inputs/askTenant.ts';
import { isSame, type ConnectionStore, type RememberedConnection } from './connectionStore.ts';
import { followScim } from './followScim.ts';
import { cacheKeyOf, connectionOf, openWay, type Opened } from './opening.ts';
import { sandboxPlace, tenantPlace, type Place } from './places.ts';
import { readScopes } from './readScopes.ts';
import type { SandboxEnd, SandboxHolder } from './sandboxHolder.ts';
import { dnsResolversSetting, clientIdSetting, cloudSetting, tokensOf } from './signInRoom.ts';
import type { Way } from './ways.ts';

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
  readonly #tenants: Place;
  readonly #lock: FileLock;
  #open:
    | (Opened & { readonly place: Place; readonly account: RememberedConnection; readonly session: Session })
    | undefined;

  constructor(deps: ConnectionsDeps) {
    this.#deps = deps;
    this.#tenants = tenantPlace(deps);
    this.#lock = new FileLock(join(deps.storagePath, 'sign-in.lock'));
    deps.sandbox.onDidEnd((how) => this.#sandboxEnded(how));
  }

  /** The place that signing in is about now. */
  get #place(): Place {
    return sandboxPlace(this.#deps.sandbox) ?? this.#tenants;
  }

  /** Connections that were signed in to and can be switched to, newest first. */
  get all(): readonly RememberedConnection[] {
    return this.#place.remembered.all;
  }

  /** The one that is open. */
  get current(): RememberedConnection | undefined {
    return this.#open?.account;
  }

  /** Asks a person to sign in and opens the connection. Who waits can cancel. */
  async signIn(asked: { readonly way?: Way; readonly clientId?: string } = {}): Promise<void> {
    const { store, keys } = this.#deps;
    const place = this.#place;
    const hadSession = store.session !== undefined;
    keys.set('kiroConnect.busy', true);
    if (!hadSession) store.close('opening');
    try {
      const [{ clouds }, { graphCommandLineTools }] = await Promise.all([
        import('../../entra/clouds.ts'),
        import('../../entra/signIn/account.ts'),
      ]);
      const cloud = clouds[place.endpoints?.cloud ?? cloudSetting()];
      const way = asked.way ?? (place.endpoints ? 'browser' : await fittingWay());
      const own = asked.clientId ?? (place.endpoints ? undefined : clientIdSetting());
      const clientId = own ?? graphCommandLineTools;
      const tenant = own === undefined ? onlyTenant(place) : await this.#tenantOf(own);
      const opened = await openWay({
        ...{ place, cloud, clientId, way, lock: this.#lock, log: this.#deps.log },
        ...(tenant !== undefined && { tenant }),
      });
      const ask = (signal?: AbortSignal): Promise<Account> =>
        opened.signIn.signIn(readScopes, signal && { signal });
      const account = await (opened.asking ? opened.asking.during(ask) : ask());
      await this.#connect(place, opened, cloud, {
        ...{ tenantId: account.tenantId, tenantName: '', account: account.username, cloud: cloud.id },
        ...{ homeAccountId: account.id, clientId, way },
      });
    } catch (error) {
      if (!hadSession) store.close(place.endpoints ? 'sandboxReady' : 'signedOut');
      throw error;
    } finally {
      keys.set('kiroConnect.busy', false);
    }
    await store.look();
    await this.#rename();
  }

  /** Where an administrator consents to this tool, in the tenant that is open or in their own. */
  async consentLink(): Promise<string> {
    const [{ clouds }, { graphCommandLineTools }, { toolConsentUrl }] = await Promise.all([
      import('../../entra/clouds.ts'),
      import('../../entra/signIn/account.ts'),
      import('../../guide/portal.ts'),
    ]);
    const open = this.#open?.account;
    const cloud = clouds[open?.cloud ?? cloudSetting()];
    const clientId = open?.clientId ?? clientIdSetting() ?? graphCommandLineTools;
    return toolConsentUrl(cloud, cloud.graph, { clientId, tenantId: open?.tenantId });
  }

  /** Opens another connection that was signed in to before; the one that was open stays signed in. */
  async switchTo(account: RememberedConnection): Promise<void> {
    if (this.#open && isSame(this.#open.account, account)) return;
    await this.#reopen(this.#place, account);
    await this.#deps.store.look();
    await this.#rename();
  }

  /** The last window had a connection to go on with. */
  get hasLast(): boolean {
    return this.#deps.sandbox.started || this.#deps.remembered.last !== undefined;
  }

  /** Opens the connection of the last window without asking anything of anyone. Nothing when there was none. */
  async restore(): Promise<void> {
    const { sandbox, store } = this.#deps;
    if (store.session) return;
    if (sandbox.started) return this.#restoreSandbox();
    const { last } = this.#deps.remembered;
    if (!last) return;
    store.close('opening');
    try {
      await this.#reopen(this.#tenants, last);
    } catch (error) {
      store.close('signedOut');
      throw error;
    }
  }

  /** Goes on at the running sandbox with the account that was signed in there last. False when there is none. */
  async resumeSandbox(): Promise<boolean> {
    const place = sandboxPlace(this.#deps.sandbox);
    const last = place?.remembered.last;
    if (!place || !last) return false;
    await this.#reopen(place, last);
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
    if (!open) return;
    await open.place.remembered.forget(open.account);
    await open.signIn.signOut(accountOf(open.account));
    await open.cache?.remove();
  }

  /** Signs out and forgets all that was entered for this connection, secrets too. The tenant is not changed. */
  async forget(): Promise<void> {
    await this.#open?.session.forget();
    await this.signOut();
  }

  /** An organization's own client is for that organization alone, so the authority has to name it. */
  async #tenantOf(clientId: string): Promise<string> {
    const known = this.all.find((one) => one.clientId === clientId) ?? this.#open?.account;
    return known?.tenantId ?? (await askTenant());
  }

  async #reopen(place: Place, account: RememberedConnection): Promise<void> {
    const { clouds } = await import('../../entra/clouds.ts');
    const cloud = clouds[account.cloud];
    const { clientId, way } = account;
    const { log } = this.#deps;
    const opened = await openWay({ place, cloud, clientId, way, account, lock: this.#lock, log });
    await this.#connect(place, opened, cloud, account);
  }

  async #connect(place: Place, opened: Opened, cloud: Cloud, account: RememberedConnection): Promise<void> {
    const { openSession } = await import('../../engine/open.ts');
    const { log, store } = this.#deps;
    const connection = connectionOf(place, accountOf(account), cloud);
    await opened.cache?.storeAs(cacheKeyOf(place, account));
    const tokens = tokensOf(opened.signIn, accountOf(account), opened.asking);
    const ports = place.portsOf(connection.key);
    const session = await openSession(
      { ...ports, tokens, clock: systemClock, log, newId: randomUUID, dnsResolvers: dnsResolversSetting },
      connection,
    );
    this.#open = { ...opened, place, account, session };
    if (connection.kind === 'sandbox') {
      const { scim } = connection.endpoints;
      if (followScim(session.kept, scim) !== session.kept)
        await session.keep((kept) => followScim(kept, scim));
    }
    await place.remembered.opened(account);
    this.#deps.keys.set('kiroConnect.signedIn', true);
    store.open(session);
  }

  /** Remembers the tenant by its name, which the first look tells. */
  async #rename(): Promise<void> {
    const open = this.#open;
    const seen = open?.session.current && valueOf(open.session.current.snapshot.organization);
    if (!open || !seen || seen.displayName === open.account.tenantName) return;
    const account = { ...open.account, tenantName: seen.displayName };
    this.#open = { ...open, account };
    await open.place.remembered.opened(account);
  }

  #sandboxEnded(how: SandboxEnd): void {
    if (this.#open && !this.#open.place.endpoints) return;
    this.#close(how === 'stopped' ? 'signedOut' : 'sandboxStopped');
  }

  #close(as: 'signedOut' | 'sandboxReady' | 'sandboxStopped'): void {
    this.#open = undefined;
    this.#deps.keys.set('kiroConnect.signedIn', false);
    this.#deps.store.close(as);
  }
}

function onlyTenant({ endpoints }: Place): string | undefined {
  return endpoints && endpoints.tenants.length <= 1 ? endpoints.tenantId : undefined;
}

function accountOf({ homeAccountId, tenantId, account }: RememberedConnection): Account {
  return { id: homeAccountId, tenantId, username: account };
}
