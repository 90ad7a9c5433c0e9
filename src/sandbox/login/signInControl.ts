import { Hono } from 'hono';
import * as v from 'valibot';
import type { Account, SandboxState } from '../state.ts';
import { activateRole } from '../tenant/roleActivations.ts';
import { isAadstsCode } from './errors.ts';
import type { AadstsCode } from './errors.ts';
import { arrangedFor, nothingArranged, revoke } from './memory.ts';
import type { Arranged, LoginMemory } from './memory.ts';

const who = { userPrincipalName: v.string() };
const failure = v.strictObject({
  ...who,
  code: v.custom<AadstsCode>(isAadstsCode, 'a code that the sign-in does not know'),
  on: v.optional(v.picklist(['page', 'token', 'any']), 'any'),
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 1),
});
const challenge = v.strictObject({
  ...who,
  kind: v.picklist(['newerToken', 'stepUp', 'revoked']),
  once: v.optional(v.boolean(), false),
});
const account = v.strictObject({
  ...who,
  enabled: v.optional(v.boolean()),
  passwordExpired: v.optional(v.boolean()),
});
/** As long as a role may be active by its default settings. */
const activeHours = 8;
const role = v.strictObject({ ...who, role: v.string() });
const lifetime = v.strictObject({ seconds: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))) });

/** One tenant's sign-in as the control server turns it. */
export interface SignIns {
  readonly state: SandboxState;
  readonly memory: LoginMemory;
}

/** An account and the sign-in that it is of. */
interface Found extends SignIns {
  readonly account: Account;
}

/** The control server's part for the sign-in, under `/sign-in`: what is to happen to whom. */
export function signInControl(signIns: SignIns): Hono {
  const app = new Hono();
  const { state, memory } = signIns;
  const find = (userPrincipalName: string): Found => {
    const wanted = userPrincipalName.toLowerCase();
    const found = state.tenant.accounts.find((one) => one.userPrincipalName.toLowerCase() === wanted);
    if (!found) throw new SyntaxError(`the sandbox has no account ${userPrincipalName}`);
    return { ...signIns, account: found };
  };

  app.get('/sign-in', (c) =>
    c.json({
      tokenLifetimeSeconds: memory.tokenLifetimeSeconds ?? null,
      accounts: state.tenant.accounts.map((one) => shown({ ...signIns, account: one })),
    }),
  );
  app.delete('/sign-in', (c) => {
    for (const [userId, { revoked, expiredSerial }] of memory.arranged)
      memory.arranged.set(userId, { ...nothingArranged(), revoked, expiredSerial });
    memory.tokenLifetimeSeconds = undefined;
    return c.body(null, 204);
  });
  app.post('/sign-in/failures', async (c) => {
    const { userPrincipalName, ...wanted } = v.parse(failure, await c.req.json());
    const found = find(userPrincipalName);
    arrangedFor(memory, found.account.userId).failures.push(wanted);
    return c.json(shown(found), 201);
  });
  app.post('/sign-in/challenges', async (c) => {
    const { userPrincipalName, kind, once } = v.parse(challenge, await c.req.json());
    const found = find(userPrincipalName);
    const { userId } = found.account;
    const notBefore = Math.floor(Date.now() / 1000);
    if (kind === 'revoked') revoke(memory, userId, state.clock.now());
    else arrangedFor(memory, userId).challenge = { kind, once, serial: memory.serial, notBefore };
    return c.json(shown(found), 201);
  });
  app.post('/sign-in/revoke', async (c) => {
    const found = find(v.parse(v.strictObject(who), await c.req.json()).userPrincipalName);
    revoke(memory, found.account.userId, state.clock.now());
    return c.json(shown(found));
  });
  app.post('/sign-in/expire', async (c) => {
    const found = find(v.parse(v.strictObject(who), await c.req.json()).userPrincipalName);
    arrangedFor(memory, found.account.userId).expiredSerial = memory.serial;
    return c.json(shown(found));
  });
  app.post('/sign-in/account', async (c) => {
    const { enabled, passwordExpired, userPrincipalName } = v.parse(account, await c.req.json());
    const found = find(userPrincipalName);
    const { userId } = found.account;
    const user = state.tenant.users.get(userId);
    if (user && enabled !== undefined) user.accountEnabled = enabled;
    if (passwordExpired !== undefined) arrangedFor(memory, userId).passwordExpired = passwordExpired;
    return c.json(shown(found));
  });
  app.post('/sign-in/activate-role', async (c) => {
    const wanted = v.parse(role, await c.req.json());
    const found = find(wanted.userPrincipalName);
    if (!found.account.eligibleRoles.includes(wanted.role))
      throw new SyntaxError(`${wanted.userPrincipalName} is not eligible for the role ${wanted.role}`);
    const startsAt = state.clock.now();
    const endsAt = startsAt + activeHours * 60 * 60 * 1000;
    const justification = 'Arranged at the control server';
    activateRole(state, { account: found.account, role: wanted.role, startsAt, endsAt, justification });
    return c.json(shown(found), 201);
  });
  app.post('/sign-in/token-lifetime', async (c) => {
    const { seconds } = v.parse(lifetime, await c.req.json());
    memory.tokenLifetimeSeconds = seconds ?? undefined;
    return c.json({ seconds });
  });
  return app;
}

function shown({ account: one, memory, state }: Found): Record<string, unknown> {
  const arranged = memory.arranged.get(one.userId) ?? nothingArranged();
  return {
    userPrincipalName: one.userPrincipalName,
    enabled: state.tenant.users.get(one.userId)?.accountEnabled ?? false,
    ...summary(arranged),
    refreshTokens: [...memory.refreshTokens.values()].filter((token) => token.account === one).length,
  };
}

function summary({
  failures,
  passwordExpired,
  wrongPasswords,
  challenge: armed,
}: Arranged): Record<string, unknown> {
  return {
    passwordExpired,
    wrongPasswords,
    failures,
    challenge: armed ? { kind: armed.kind, once: armed.once } : null,
  };
}
