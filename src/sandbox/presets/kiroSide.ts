import { randomBytes, randomUUID } from 'node:crypto';
import type { Provisioning } from '../provisioning/types.ts';
import { scimEndpoint } from '../scim/server.ts';
import type { KiroProfile, SandboxState } from '../state.ts';
import type { Registered } from './entraSide.ts';

export interface PresetDeps {
  readonly state: SandboxState;
  readonly provisioning: Provisioning;
}

/** Enables the profile for an application and verifies contoso.com with its DNS record. */
export function makeProfile({ state }: PresetDeps, registered: Registered): KiroProfile {
  const now = state.clock.now();
  const verificationValue = `kiro-site-verification=${randomUUID()}`;
  const profile: KiroProfile = {
    applicationId: String(registered.application['appId']),
    tenantId: state.tenant.id,
    region: 'us-east-1',
    scimTenant: state.kiro.scimTenant,
    domains: [{ name: 'contoso.com', verificationValue, addedAt: now, status: 'Verified' }],
    tokens: [],
    users: new Map(),
    groups: new Map(),
    subscriptions: [],
    seats: new Map(),
    nextSeatCycleAt: now + 6 * 60 * 60 * 1000,
  };
  state.kiro.profile = profile;
  state.dns.txt.set('kiro-app-1.contoso.com', [[verificationValue]]);
  return profile;
}

/** Makes a SCIM token in the console and hands both values over, as Entra wants them. */
export function makeToken({ state }: PresetDeps): { endpoint: string; token: string } {
  const token = randomBytes(48).toString('base64url');
  state.kiro.profile?.tokens.push({ id: randomUUID(), secret: token, createdAt: state.clock.now() });
  return { endpoint: scimEndpoint(state), token };
}

/** Revokes every SCIM token. */
export function revokeTokens({ state }: PresetDeps): void {
  state.kiro.profile?.tokens.splice(0);
}
