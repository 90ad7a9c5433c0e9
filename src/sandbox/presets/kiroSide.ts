import { createToken, revokeToken } from '../kiro/accessTokens.ts';
import { addDomain, checkDomains } from '../kiro/domains.ts';
import { createProfile } from '../kiro/profile.ts';
import { addRecord } from '../kiro/records.ts';
import type { Provisioning } from '../provisioning/types.ts';
import { scimEndpoint } from '../scim/server.ts';
import type { SandboxState } from '../state.ts';
import type { Registered } from './entraSide.ts';

export interface PresetDeps {
  readonly state: SandboxState;
  readonly provisioning: Provisioning;
}

/** Makes the profile for an application and verifies contoso.com by its DNS record. */
export async function makeProfile({ state }: PresetDeps, registered: Registered): Promise<void> {
  const applicationId = String(registered.application['appId']);
  createProfile(state, { applicationId, tenantId: state.tenant.id, region: 'us-east-1' });
  const { name, verificationValue } = addDomain(state, 'contoso.com');
  addRecord(state.dns, { zone: name, name: 'kiro-app-1', value: verificationValue });
  await checkDomains(state);
}

/** Makes a SCIM token in the console and hands both values over, as Entra wants them. */
export function makeToken({ state }: PresetDeps): { endpoint: string; token: string } {
  const { secret } = createToken(state);
  return { endpoint: scimEndpoint(state), token: secret };
}

/** Revokes every SCIM token. */
export function revokeTokens({ state }: PresetDeps): void {
  for (const { id } of [...(state.kiro.profile?.tokens ?? [])]) revokeToken(state, id);
}
