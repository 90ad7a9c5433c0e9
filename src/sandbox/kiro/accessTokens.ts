import { randomBytes, randomUUID } from 'node:crypto';
import type { KiroToken, SandboxState } from '../state.ts';
import { demandProfile } from './profile.ts';
import { Refusal } from './refusal.ts';

const MOST_TOKENS = 2;

/** Makes a SCIM access token. Its secret is shown now and never again. */
export function createToken(state: SandboxState): KiroToken {
  const { tokens } = demandProfile(state);
  if (tokens.length >= MOST_TOKENS)
    throw new Refusal(
      409,
      'A profile can have at most two access tokens. Revoke one before you generate another.',
    );
  const token = {
    id: randomUUID(),
    secret: randomBytes(48).toString('base64url'),
    createdAt: state.clock.now(),
  };
  tokens.push(token);
  return token;
}

/** Ends a token at once. */
export function revokeToken(state: SandboxState, id: string): void {
  const { tokens } = demandProfile(state);
  const at = tokens.findIndex((one) => one.id === id);
  if (at < 0) throw new Refusal(404, 'This access token does not exist, or is revoked already.');
  tokens.splice(at, 1);
}
