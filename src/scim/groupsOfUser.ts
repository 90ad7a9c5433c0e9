import type { ScimGroup } from '../guide/snapshot.ts';
import { parseGroup, parsePage } from './resources.ts';
import { createScimReader, type ScimReaderOptions } from './scimReader.ts';

/**
 * The groups that have a user as a member, by the user's id in Kiro (AWS IAM Identity Center: ListGroups, filter
 * `members.value`): groups themselves come without members. Rejects with a `ScimError`.
 */
export async function groupsOfUser(
  options: ScimReaderOptions,
  userId: string,
): Promise<readonly ScimGroup[]> {
  const filter = encodeURIComponent(`members.value eq ${JSON.stringify(userId)}`);
  return parsePage(await createScimReader(options)(`/Groups?filter=${filter}`)).resources.map(parseGroup);
}
