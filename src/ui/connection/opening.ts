import { forTenant, type Connection } from '../../engine/connection.ts';
import type { Log } from '../../engine/ports.ts';
import type { Cloud } from '../../entra/clouds.ts';
import type { Account, SignIn } from '../../entra/signIn/account.ts';
import type { FileLock } from '../ports/fileLock.ts';
import { askByBrowser, askByDeviceCode, type Asking } from './asking.ts';
import type { RememberedConnection } from './connectionStore.ts';
import type { Place } from './places.ts';
import { openSignIn } from './signInRoom.ts';
import { sandboxTokenCacheKey, TokenCache, tokenCacheKey } from './tokenCache.ts';
import type { Way } from './ways.ts';

/** A sign-in that is ready to ask or to give tokens. */
export interface Opened {
  readonly signIn: SignIn;
  readonly asking: Asking | undefined;
  /** Absent where VS Code keeps the tokens. */
  readonly cache: TokenCache | undefined;
}

export interface OpenOptions {
  readonly place: Place;
  readonly cloud: Cloud;
  readonly clientId: string;
  readonly way: Way;
  readonly tenant?: string;
  /** An account that has signed in before; without one nothing is stored until somebody has. */
  readonly account?: RememberedConnection;
  readonly lock: FileLock;
  readonly log: Log;
}

export async function openWay(options: OpenOptions): Promise<Opened> {
  const { place, cloud, clientId, way, lock, log, account } = options;
  const tenant = account?.tenantId ?? options.tenant;
  if (way === 'vscode') {
    const { vscodeSignIn } = await import('./vscodeSignIn.ts');
    const signIn = vscodeSignIn({ cloud, clientId, tenant, sandbox: place.endpoints !== undefined });
    return { signIn, asking: undefined, cache: undefined };
  }
  const sandboxLogin = place.endpoints?.login;
  const cache = new TokenCache({
    secrets: place.secrets,
    lock,
    ...(account && { key: cacheKeyOf(place, account) }),
  });
  const asking = way === 'deviceCode' ? askByDeviceCode() : askByBrowser({ sandbox: !!place.endpoints });
  const signIn = await openSignIn({
    cloud,
    clientId,
    cache,
    asking,
    log,
    ...(tenant !== undefined && { tenant }),
    ...(sandboxLogin !== undefined && { sandboxLogin }),
  });
  return { signIn, asking, cache };
}

/** Where the account's tokens are stored. */
export function cacheKeyOf({ endpoints }: Place, account: RememberedConnection): string {
  const key = tokenCacheKey(account);
  return endpoints ? `${sandboxTokenCacheKey}/${key}` : key;
}

/** The connection of an account in its tenant; throws where the sandbox has no such tenant. */
export function connectionOf({ endpoints }: Place, account: Account, cloud: Cloud): Connection {
  const { tenantId, username } = account;
  if (!endpoints)
    return { kind: 'tenant', key: `tenant:${cloud.id}:${tenantId}`, tenantId, account: username, cloud };
  const own = forTenant(endpoints, tenantId);
  if (!own) throw new Error('The sandbox has no such tenant.');
  return { kind: 'sandbox', key: `sandbox:${tenantId}`, tenantId, account: username, cloud, endpoints: own };
}
