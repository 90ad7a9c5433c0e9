import * as v from 'valibot';
import { isAadstsCode } from '../login/errors.ts';
import type { AadstsCode } from '../login/errors.ts';
import type { Arranged, LoginMemory } from '../login/memory.ts';
import type { Account } from '../state.ts';
import { mapOf, maybe, setOfStrings } from './parts.ts';

const arranged: v.GenericSchema<unknown, Arranged> = v.object({
  failures: v.array(
    v.object({
      code: v.custom<AadstsCode>(isAadstsCode),
      on: v.picklist(['page', 'token', 'any']),
      times: v.number(),
    }),
  ),
  passwordExpired: v.boolean(),
  wrongPasswords: v.number(),
  revoked: maybe(v.object({ serial: v.number(), at: v.number() })),
  expiredSerial: v.number(),
  challenge: maybe(
    v.object({
      kind: v.picklist(['newerToken', 'stepUp']),
      serial: v.number(),
      once: v.boolean(),
      notBefore: v.number(),
    }),
  ),
});

/** What the login server remembers, as it stands in a file; {@link restoredLogin} makes the rest of it. */
export const loginSchema = v.object({
  refreshTokens: mapOf(
    v.object({
      clientId: v.string(),
      platform: v.picklist(['publicClient', 'web', 'spa']),
      userId: v.string(),
      scope: v.string(),
      authentication: v.object({ at: v.number(), serial: v.number(), mfa: v.boolean() }),
      serial: v.number(),
      issuedAt: v.number(),
      viaDeviceCode: v.boolean(),
    }),
  ),
  firstParty: mapOf(setOfStrings),
  serial: v.number(),
  tokenLifetimeSeconds: maybe(v.number()),
  arranged: mapOf(arranged),
});

/** The login server's memory as it is written: accounts are named where they would be repeated. */
export function writableLogin(login: LoginMemory): Record<string, unknown> {
  const refreshTokens = [...login.refreshTokens].map(([token, { account, ...one }]) => [
    token,
    { ...one, userId: account.userId },
  ]);
  return { ...login, refreshTokens };
}

/** The login server's memory as it was before it was written. */
export function restoredLogin(
  login: v.InferOutput<typeof loginSchema>,
  accounts: readonly Account[],
): LoginMemory {
  const refreshTokens: LoginMemory['refreshTokens'] = new Map();
  for (const [token, { userId, ...one }] of login.refreshTokens) {
    const account = accounts.find((other) => other.userId === userId);
    if (account) refreshTokens.set(token, { ...one, account });
  }
  return { ...login, refreshTokens };
}
