import { createToken, revokeToken } from '../kiro/accessTokens.ts';
import { scimEndpoint } from '../scim/server.ts';
import type { PresetDeps } from './scene.ts';

/** Makes a SCIM token in the console and hands both values over, as Entra wants them. */
export function makeToken({ state }: PresetDeps): { endpoint: string; token: string } {
  const { secret } = createToken(state);
  return { endpoint: scimEndpoint(state), token: secret };
}

/** Revokes every SCIM token. */
export function revokeTokens({ state }: PresetDeps): void {
  for (const { id } of [...(state.kiro.profile?.tokens ?? [])]) revokeToken(state, id);
}
