import type { KiroProfile, SandboxState } from '../state.ts';
import { maskedSecrets } from '../graph/synchronization/secrets.ts';

/** The whole state as plain JSON, without passwords, tokens and saved secrets. */
export function dumpState(state: SandboxState): Record<string, unknown> {
  const { tenant, kiro, dns } = state;
  return plain({
    now: new Date(state.clock.now()).toISOString(),
    origins: state.origins,
    tenant: {
      ...tenant,
      accounts: tenant.accounts.map(({ userId, userPrincipalName, roles }) => ({
        userId,
        userPrincipalName,
        roles,
      })),
      synchronization: new Map(
        [...tenant.synchronization].map(([id, one]) => [id, { ...one, secrets: maskedSecrets(one.secrets) }]),
      ),
    },
    kiro: { ...kiro, profile: kiro.profile && withoutSecrets(kiro.profile) },
    dns,
  });
}

/** Kiro's side alone: what an admin sees in the console, and no token's secret. */
export function dumpKiro(state: SandboxState): Record<string, unknown> {
  const { profile, scimTenant, takenDomains } = state.kiro;
  return plain({ scimTenant, takenDomains, profile: profile ? withoutSecrets(profile) : null });
}

function withoutSecrets(profile: KiroProfile): Record<string, unknown> {
  return {
    ...profile,
    tokens: profile.tokens.map(({ id, createdAt }) => ({ id, createdAt: new Date(createdAt).toISOString() })),
  };
}

/** Maps become objects, sets arrays. */
function plain(value: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(value, (name, part: unknown): unknown => {
    // A client secret stands among the properties of its application.
    if (name === 'secretText') return undefined;
    if (part instanceof Map) return Object.fromEntries(part as Map<string, unknown>);
    return part instanceof Set ? [...(part as Set<unknown>)] : part;
  });
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}
