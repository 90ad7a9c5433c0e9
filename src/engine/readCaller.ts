import { activeRoles, eligibleRoles, me, userConsentAllowed } from '../entra/caller.ts';
import { readBatch, type GraphRead, type ReadOptions } from '../entra/batch.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import type { Caller } from '../guide/preflight.ts';
import { known, unknown, type Observed } from '../guide/snapshot.ts';
import { text } from '../guide/text.ts';
import { observed, unreadable } from './observed.ts';
import type { TokenSource } from './ports.ts';

/**
 * Who is signed in and what they may do, read before a write. Never rejects but for an abort, and opens no browser unless
 * `interactive`: a permission that was not granted yet makes its part unknown.
 */
export async function readCaller(graph: GraphClient, options: ReadOptions): Promise<Caller> {
  // Each by itself: for all at once a single token would have to carry every permission.
  const one = async <T>(read: GraphRead<T>): Promise<Observed<T>> => {
    try {
      const [result] = await readBatch(graph, [read], options);
      return observed(result);
    } catch (error) {
      options.signal?.throwIfAborted();
      return unreadable(error);
    }
  };
  const own = async (): Promise<Pick<Caller, 'me' | 'activeRoles'>> => {
    try {
      const [account, active] = await readBatch(graph, [me(), activeRoles()], options);
      return { me: observed(account), activeRoles: named(observed(active)) };
    } catch (error) {
      options.signal?.throwIfAborted();
      return { me: unreadable(error), activeRoles: unreadable(error) };
    }
  };
  const [{ me: account, activeRoles: active }, eligible, userConsent] = await Promise.all([
    own(),
    one(eligibleRoles()),
    one(userConsentAllowed()),
  ]);
  return { me: account, activeRoles: active, eligibleRoles: eligible, userConsent };
}

/** Whether a token with this permission can be had without a person. */
export async function hasToken(tokens: TokenSource, scope: string): Promise<boolean> {
  try {
    await tokens.accessToken([scope], { interactive: false });
    return true;
  } catch {
    return false;
  }
}

/** Roles without a name are as good as not read: whoever has some is not told to ask for one. */
function named<T>(roles: Observed<T | undefined>): Observed<T> {
  if (!roles.known) return roles;
  return roles.value === undefined
    ? unknown('permission', text('Microsoft Graph does not tell which roles are active.'))
    : known(roles.value, roles.at);
}
