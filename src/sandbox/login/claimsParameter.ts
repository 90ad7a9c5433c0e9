import { isRecord } from './clients.ts';

/** What the `claims` parameter of a request asks for (Microsoft identity platform: claims challenges). */
export interface RequestedClaims {
  /** The client understands claims challenges: `xms_cc` with `cp1`. */
  readonly capable: boolean;
  /** Authentication contexts (`acrs`) that the access token must carry. */
  readonly contexts: readonly string[];
}

export const noClaims: RequestedClaims = { capable: false, contexts: [] };

/** Reads the `claims` parameter, a JSON text. What can't be read asks for nothing, as in Entra. */
export function claimsOf(parameter: string | undefined): RequestedClaims {
  if (parameter === undefined || parameter === '') return noClaims;
  let parsed: unknown;
  try {
    parsed = JSON.parse(parameter);
  } catch {
    return noClaims;
  }
  const asked = isRecord(parsed) && isRecord(parsed['access_token']) ? parsed['access_token'] : {};
  return {
    capable: valuesOf(asked['xms_cc']).some((value) => value.toLowerCase() === 'cp1'),
    contexts: valuesOf(asked['acrs']),
  };
}

function valuesOf(claim: unknown): string[] {
  if (!isRecord(claim)) return [];
  const values = Array.isArray(claim['values']) ? claim['values'] : [claim['value']];
  return values.filter((value) => typeof value === 'string');
}

/** A claims challenge for the policies that were not satisfied, as 50076 and 53003 carry it. */
export function policyChallenge(policyIds: readonly string[]): string | undefined {
  if (policyIds.length === 0) return undefined;
  return JSON.stringify({ access_token: { capolids: { essential: true, values: [...policyIds] } } });
}

/** A claims challenge for an authentication context. */
export function contextChallenge(contexts: readonly string[]): string {
  return JSON.stringify({ access_token: { acrs: { essential: true, value: contexts[0] ?? 'c1' } } });
}
