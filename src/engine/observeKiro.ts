import { known, unknown, type Observed, type ScimDirectory } from '../guide/snapshot.ts';
import { checkScimEndpoint } from '../guide/scimEndpoint.ts';
import { explainScimFault } from '../guide/diagnosis/scimFaults.ts';
import { text } from '../guide/text.ts';
import { createScimClient } from '../scim/scimClient.ts';
import { isScimError } from '../scim/scimError.ts';
import { readKiroUsers, type Proven } from './readKiroUsers.ts';

/** What reading Kiro's endpoint needs. The token goes only to an endpoint of the right form. */
export interface KiroDeps {
  readonly kind: 'tenant' | 'sandbox';
  readonly sandboxScimOrigin?: string;
  readonly now: () => number;
  readonly token: () => Promise<string | undefined>;
  /** People whom a look at a large tenant has to prove, most important first; nobody if absent. */
  readonly people?: () => Promise<readonly Proven[]>;
}

/** Reads who arrived in Kiro. Unknown with its reason where there is no endpoint, no token or no answer. */
export async function observeKiro(
  endpoint: string | undefined,
  deps: KiroDeps,
  signal?: AbortSignal,
): Promise<Observed<ScimDirectory>> {
  if (endpoint === undefined) {
    return unknown('not-read', text('Kiro’s SCIM endpoint is not entered yet.'));
  }
  const checked = checkScimEndpoint(endpoint, deps);
  if (!checked.ok) return unknown('not-read', checked.reason);
  const token = await deps.token();
  if (token === undefined)
    return unknown('not-read', text('Kiro’s access token is not stored here. Enter it to look.'));
  try {
    const client = createScimClient({ baseUrl: checked.endpoint, token, ...(signal && { signal }) });
    const directory = await readKiroUsers(client, deps.people ?? (async () => []));
    return known(directory, deps.now());
  } catch (error) {
    signal?.throwIfAborted();
    if (!isScimError(error)) throw error;
    const reason =
      error.reason === 'unauthorized'
        ? 'permission'
        : error.reason === 'not-found'
          ? 'service'
          : error.reason;
    return unknown(reason, explainScimFault(error));
  }
}
