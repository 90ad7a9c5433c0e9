import * as v from 'valibot';
import type { SandboxEndpoints } from '../../src/engine/connection.ts';
import type { Session } from '../../src/engine/session.ts';

const consoleShape = v.object({
  now: v.string(),
  profile: v.nullable(
    v.object({
      applicationId: v.string(),
      region: v.picklist(['us-east-1', 'eu-central-1']),
      scimEndpoint: v.string(),
      domains: v.array(
        v.object({
          name: v.string(),
          verificationValue: v.string(),
          status: v.string(),
          addedAt: v.string(),
        }),
      ),
      tokens: v.array(v.object({ id: v.string(), createdAt: v.string() })),
    }),
  ),
  users: v.array(v.object({ id: v.string(), active: v.boolean() })),
  groups: v.array(v.object({ id: v.string(), displayName: v.string() })),
  subscriptions: v.array(v.object({ principalType: v.string(), principalId: v.string() })),
  seats: v.array(v.object({ userId: v.string(), status: v.string() })),
});
const madeShape = v.object({ token: v.object({ id: v.string(), secret: v.string() }) });

/** What the admin sees in Kiro's console. */
export type ConsoleSeen = v.InferOutput<typeof consoleShape>;

export async function lookAtConsole({ console: origin }: SandboxEndpoints): Promise<ConsoleSeen> {
  const response = await fetch(`${origin}/`, { headers: { accept: 'application/json' } });
  return v.parse(consoleShape, await response.json());
}

/** Adopts the application that Kiro's profile names, else the likeliest one that is there. */
export async function adopt(session: Session, endpoints: SandboxEndpoints): Promise<void> {
  const [found, { profile }] = await Promise.all([session.candidates(), lookAtConsole(endpoints)]);
  const candidate = found.find(({ appId }) => appId === profile?.applicationId) ?? found[0];
  if (candidate) await session.adopt(candidate);
}

/**
 * Enters and ticks what an admin does who has read Kiro's console: profile, region, domains, endpoint, tokens, subscription,
 * seats. The session has to have the application already.
 */
export async function enterConsole(session: Session, endpoints: SandboxEndpoints): Promise<void> {
  const { profile, groups, subscriptions, seats, users, now } = await lookAtConsole(endpoints);
  const at = Date.parse(now);
  const bySubscription = groups.some(({ id }) =>
    subscriptions.some(({ principalId, principalType }) => principalType === 'Group' && principalId === id),
  );
  const working = new Set(users.filter(({ active }) => active).map(({ id }) => id));
  const ticks = {
    ...(profile && { profile: at, tokenCount: at }),
    ...(bySubscription && { groupSubscription: at }),
    ...(seats.length > 0 &&
      seats.every(({ status }) => status === 'Active') && { subscriptionActivated: at }),
    ...(seats.length > 0 && seats.every(({ userId }) => working.has(userId)) && { seatsReviewed: at }),
  };
  await session.keep(({ scim, ...kept }) => ({
    ...kept,
    ticks,
    ...(profile && { region: profile.region }),
    domains: (profile?.domains ?? []).map(({ name, verificationValue, status, addedAt }) => ({
      name,
      verificationValue,
      addedAt: Date.parse(addedAt),
      ...(status === 'Verified' && { verifiedAt: at }),
    })),
    ...(profile && {
      scim: {
        tokenStored: false,
        ...scim,
        endpoint: profile.scimEndpoint,
        tokenCount: profile.tokens.length,
        ...(profile.tokens[0] && { tokenMadeAt: Date.parse(profile.tokens.at(-1)?.createdAt ?? '') }),
      },
    }),
  }));
}

/** Enters the token that is in use already, as somebody who has worked with the tool from the start. */
export async function enterUsedToken(session: Session, secret: string): Promise<void> {
  await session.keepScimToken(secret, undefined);
  await session.keep(({ scim, ...kept }) => {
    if (!scim) return kept;
    const rest = Object.entries(scim).filter(([key]) => key !== 'tokenEnteredAt');
    return { ...kept, scim: { tokenStored: true, ...Object.fromEntries(rest) } };
  });
}

/** Makes a token in Kiro's console; `undefined` where there is no profile or no place for one. */
export async function makeToken({
  console: origin,
}: SandboxEndpoints): Promise<{ readonly id: string; readonly secret: string } | undefined> {
  const response = await fetch(`${origin}/tokens`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams(),
  });
  return response.ok ? v.parse(madeShape, await response.json()).token : undefined;
}

export async function revokeToken({ console: origin }: SandboxEndpoints, id: string): Promise<void> {
  await fetch(`${origin}/revoke-token`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ id }),
  });
}
