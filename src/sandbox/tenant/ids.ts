import { createHash, randomBytes } from 'node:crypto';

/** A GUID that is the same in every sandbox, made from a name: version 4 in form. */
export function idFor(name: string): string {
  const hash = createHash('sha256').update(`sandbox:${name}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x40;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** An id in the form of appRoleAssignments and grants: 43 characters of base64url. */
export function linkId(): string {
  return randomBytes(32).toString('base64url');
}
