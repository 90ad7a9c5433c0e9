import type { Kept } from '../../guide/kept.ts';

/**
 * A sandbox's servers may listen elsewhere after each start. The endpoint that was entered follows when it is the same one at
 * another address of this machine: same path, which holds the Kiro profile's id. Anything else stays as it was entered.
 */
export function followScim(kept: Kept, present: string): Kept {
  const entered = kept.scim?.endpoint;
  if (kept.scim === undefined || entered === undefined || entered === present) return kept;
  const [before, now] = [URL.parse(entered), URL.parse(present)];
  const moved = before?.hostname === now?.hostname && before?.pathname === now?.pathname;
  return moved ? { ...kept, scim: { ...kept.scim, endpoint: present } } : kept;
}
