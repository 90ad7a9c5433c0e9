import { explainScimFault } from '../guide/diagnosis/scimFaults.ts';
import type { PersonAccount, PersonSighting } from '../guide/diagnosis/person.ts';
import { pushedName } from '../guide/pushedName.ts';
import { checkScimEndpoint } from '../guide/scimEndpoint.ts';
import { known, unknown, type Unknown } from '../guide/snapshot.ts';
import { text } from '../guide/text.ts';
import { groupsOfUser } from '../scim/groupsOfUser.ts';
import { createScimClient } from '../scim/scimClient.ts';
import { isScimError } from '../scim/scimError.ts';
import type { KiroDeps } from './observeKiro.ts';

type KiroPart = Pick<PersonSighting, 'records' | 'kiroGroups'>;

/**
 * What Kiro has of one person: records with their object id or their user name, and the groups that the right record is in.
 * Unknown with its reason where there is no endpoint, no token or no answer; never rejects but for an abort.
 */
export async function readKiroPerson(
  endpoint: string | undefined,
  account: PersonAccount,
  deps: KiroDeps,
  signal?: AbortSignal,
): Promise<KiroPart> {
  if (endpoint === undefined) return neither(text('Kiro’s SCIM endpoint is not entered yet.'));
  const checked = checkScimEndpoint(endpoint, deps);
  if (!checked.ok) return neither(checked.reason);
  const token = await deps.token();
  if (token === undefined) return neither(text('Kiro’s access token is not stored here. Enter it to look.'));
  const options = { baseUrl: checked.endpoint, token, ...(signal && { signal }) };
  try {
    const client = createScimClient(options);
    const [byId, byName] = await Promise.all([
      client.findUserByExternalId(account.id),
      client.findUserByUserName(pushedName(account.userPrincipalName)),
    ]);
    const records = [byId, byName?.id === byId?.id ? undefined : byName].filter((one) => one !== undefined);
    const groups = byId === undefined ? [] : await groupsOfUser(options, byId.id);
    return { records: known(records, deps.now()), kiroGroups: known(groups, deps.now()) };
  } catch (error) {
    signal?.throwIfAborted();
    if (!isScimError(error)) throw error;
    const reason = error.reason === 'unauthorized' ? 'permission' : 'service';
    return both(unknown(error.reason === 'network' ? 'network' : reason, explainScimFault(error)));
  }
}

function neither(reason: Unknown['detail']): KiroPart {
  return both(unknown('not-read', reason));
}

function both(reason: Unknown): KiroPart {
  return { records: reason, kiroGroups: reason };
}
