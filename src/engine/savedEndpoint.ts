import type { Json } from '../guide/change.ts';

/** The SCIM endpoint in the body of a request that validates or saves credentials; empty where there is none. */
export function endpointIn(body: Json | undefined): string {
  const found = JSON.stringify(body ?? null).match(/"key":"BaseAddress","value":"([^"]+)"/);
  return found?.[1] ?? '';
}
