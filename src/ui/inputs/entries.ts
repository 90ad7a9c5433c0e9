import type { Session } from '../../engine/session.ts';
import { checkDomainName } from '../../guide/domainName.ts';
import type { Kept, KeptDomain, TickId } from '../../guide/kept.ts';
import type { KiroRegion } from '../../guide/kiro.ts';
import { checkScimEndpoint } from '../../guide/scimEndpoint.ts';
import { checkScimToken } from '../../guide/scimToken.ts';
import type { Text } from '../../guide/text.ts';
import { text } from '../../guide/text.ts';
import { checkVerificationValue } from '../../guide/verificationValue.ts';

/** What was entered can't be used; its sentence never repeats a secret. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly text: Text;

  constructor(reason: Text) {
    super(reason.message);
    this.text = reason;
  }
}

/** The reason why an input can't be used, for validation while it is typed; `undefined` when it can. */
export type Check = (value: string) => Text | undefined;

export const checks = {
  domain:
    (session: Session): Check =>
    (value) =>
      reasonOf(checkDomainName(value, session.kept.domains)),
  /** Which domain is taken of an address. */
  domainTaken:
    (session: Session): Check =>
    (value) => {
      const checked = checkDomainName(value, session.kept.domains);
      return checked.ok ? checked.taken : undefined;
    },
  verificationValue: (): Check => (value) => reasonOf(checkVerificationValue(value)),
  scimEndpoint:
    (session: Session): Check =>
    (value) =>
      reasonOf(checkScimEndpoint(value, scimHostOf(session))),
  scimToken: (): Check => (value) => reasonOf(checkScimToken(value)),
} as const;

/** Adds a domain; says what was stored. Throws `Refused`. */
export async function addDomain(session: Session, typed: string): Promise<{ name: string; said: Text }> {
  const checked = checkDomainName(typed, session.kept.domains);
  if (!checked.ok) throw new Refused(checked.reason);
  const { name, taken } = checked;
  await session.keep((kept) => ({ ...kept, domains: [...kept.domains, { name }] }));
  const said = text('{0} is in the list.', name);
  return { name, said: taken ? text('{0}. {1}', taken, said) : said };
}

export async function removeDomain(session: Session, name: string): Promise<void> {
  await session.keep((kept) => ({ ...kept, domains: kept.domains.filter((domain) => domain.name !== name) }));
}

/** Keeps the verification value of a domain; its 24 hours run from `addedAt`. Throws `Refused`. */
export async function keepVerificationValue(
  session: Session,
  name: string,
  pasted: string,
  addedAt: number,
): Promise<Text> {
  const checked = checkVerificationValue(pasted);
  if (!checked.ok) throw new Refused(checked.reason);
  const { value } = checked;
  await session.keep((kept) =>
    changeDomain(kept, name, (domain) => ({ ...domain, verificationValue: value, addedAt })),
  );
  return text('The verification value of {0} is stored.', name);
}

/** Keeps that the Kiro console shows a domain as verified. */
export async function keepVerified(session: Session, name: string, verifiedAt: number): Promise<void> {
  await session.keep((kept) => changeDomain(kept, name, (domain) => ({ ...domain, verifiedAt })));
}

/** Keeps the SCIM endpoint. Throws `Refused`, so that a token is never sent to another host. */
export async function keepScimEndpoint(session: Session, pasted: string): Promise<Text> {
  const checked = checkScimEndpoint(pasted, scimHostOf(session));
  if (!checked.ok) throw new Refused(checked.reason);
  const { endpoint } = checked;
  await session.keep((kept) => ({ ...kept, scim: { tokenStored: false, ...kept.scim, endpoint } }));
  return text('The SCIM endpoint is stored.');
}

/** Puts the token into secret storage. Throws a sentence that does not hold it. */
export async function keepScimToken(session: Session, pasted: string, madeAt: number): Promise<Text> {
  await session.keepScimToken(pasted, madeAt);
  return text('The access token is in secret storage. It is never shown again.');
}

export async function keepRegion(session: Session, region: KiroRegion): Promise<void> {
  await session.keep((kept) => ({ ...kept, region }));
}

/** Keeps what the admin confirms. `tokenCount`: how many tokens the Kiro console lists. */
export async function keepTick(
  session: Session,
  tick: TickId,
  at: number,
  tokenCount?: number,
): Promise<void> {
  await session.keep((kept) => ({
    ...kept,
    ticks: { ...kept.ticks, [tick]: at },
    ...(tokenCount !== undefined && { scim: { tokenStored: false, ...kept.scim, tokenCount } }),
  }));
}

/** Takes back what was confirmed, and the count that came with it. */
export async function takeTickBack(session: Session, tick: TickId): Promise<void> {
  await session.keep((kept) => ({
    ...kept,
    ticks: without(kept.ticks, tick),
    ...(tick === 'tokenCount' && kept.scim && { scim: without(kept.scim, 'tokenCount') }),
  }));
}

function without<T extends object, Key extends keyof T>(value: T, key: Key): Omit<T, Key> {
  const rest = { ...value };
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the copy is ours, and the key one of its own
  delete rest[key];
  return rest;
}

function changeDomain(kept: Kept, name: string, change: (domain: KeptDomain) => KeptDomain): Kept {
  return { ...kept, domains: kept.domains.map((domain) => (domain.name === name ? change(domain) : domain)) };
}

/** Whose SCIM endpoint counts as Kiro's. */
function scimHostOf({ connection }: Session): { kind: 'tenant' | 'sandbox'; sandboxScimOrigin?: string } {
  return connection.kind === 'sandbox'
    ? { kind: 'sandbox', sandboxScimOrigin: new URL(connection.endpoints.scim).origin }
    : { kind: 'tenant' };
}

function reasonOf(result: { ok: true } | { ok: false; reason: Text }): Text | undefined {
  return result.ok ? undefined : result.reason;
}
