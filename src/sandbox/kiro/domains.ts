import { randomUUID } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { lookUpTxt } from '../dns/lookUp.ts';
import type { KiroDomain, SandboxState } from '../state.ts';
import { demandProfile } from './profile.ts';
import { Refusal } from './refusal.ts';

const MOST_DOMAINS = 10;
/** A verification record has to be found this long after it was given out. */
export const VERIFICATION_LIFETIME_MS = 24 * 3_600_000;
const CHECK_EVERY_MS = 5 * 60_000;

/** Adds a domain, Pending, with the value that its TXT record must have. */
export function addDomain(state: SandboxState, input: string): KiroDomain {
  const profile = demandProfile(state);
  const name = domainName(input);
  if (profile.domains.some((one) => one.name === name))
    throw new Refusal(409, `${name} is in this profile already.`);
  if (profile.domains.length >= MOST_DOMAINS)
    throw new Refusal(409, 'A profile can have at most ten domains. Remove one before you add another.');
  if (state.kiro.takenDomains.has(name))
    throw new Refusal(
      409,
      `${name} is associated with another Kiro profile. A domain can belong to one profile only.`,
    );
  const domain: KiroDomain = {
    name,
    verificationValue: `kiro-site-verification=${randomUUID()}`,
    addedAt: state.clock.now(),
    status: 'Pending',
  };
  profile.domains.push(domain);
  return domain;
}

/** Takes a domain off the profile; added again, it gets another value. */
export function removeDomain(state: SandboxState, name: string): void {
  const { domains } = demandProfile(state);
  const at = domains.findIndex((one) => one.name === name);
  if (at < 0) throw new Refusal(404, `${name} is not in this profile.`);
  domains.splice(at, 1);
}

/**
 * Looks each pending domain up in the DNS through a public resolver, whose cache it sees, and marks those found as Verified.
 * One whose value is older than a day becomes Expired. The guide puts the record under a prefix such as `kiro-app-1`, users
 * report that only the very name entered is looked at: `kiro.verification` says which it is.
 */
export async function checkDomains(state: SandboxState): Promise<void> {
  for (const domain of state.kiro.profile?.domains ?? []) {
    if (domain.status !== 'Pending') continue;
    if (state.clock.now() - domain.addedAt >= VERIFICATION_LIFETIME_MS) domain.status = 'Expired';
    else if (await isPublished(state, domain)) domain.status = 'Verified';
  }
}

async function isPublished(state: SandboxState, domain: KiroDomain): Promise<boolean> {
  const server = state.dns.resolver;
  if (!server) return false;
  const names = [domain.name];
  if (state.kiro.verification !== 'exact') names.push(`kiro-app-1.${domain.name}`);
  for (const name of names)
    try {
      const { values } = await lookUpTxt(server, name);
      if (values.includes(domain.verificationValue)) return true;
    } catch {
      // No answer now: the next check asks again.
    }
  return false;
}

/** Checks pending domains every five minutes of the sandbox clock. Returns a function to call after one was added. */
export function watchDomains(state: SandboxState): () => void {
  let armed = false;
  const arm = (): void => {
    const pending = state.kiro.profile?.domains.some((one) => one.status === 'Pending') ?? false;
    if (armed || !pending) return;
    armed = true;
    state.clock.at(state.clock.now() + CHECK_EVERY_MS, async () => {
      armed = false;
      await checkDomains(state);
      arm();
    });
  };
  arm();
  return arm;
}

function domainName(input: string): string {
  const typed = input.trim().replace(/\.$/, '');
  const at = typed.lastIndexOf('@');
  if (at >= 0)
    throw new Refusal(
      400,
      `'${typed}' is an email address. Enter the domain alone: ${typed.slice(at + 1) || 'contoso.com'}.`,
    );
  const name = domainToASCII(typed).toLowerCase();
  const labels = name.split('.');
  const valid = labels.length > 1 && labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label));
  if (!valid || name.length > 253)
    throw new Refusal(400, `'${typed}' is not a domain name such as contoso.com.`);
  return name;
}
