import { applicationsByName } from '../entra/applications.ts';
import { readOne, type ReadOptions } from '../entra/batch.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import { delegatedPermissionIds, servicePrincipalByAppId } from '../entra/servicePrincipals.ts';
import type { Json } from '../guide/change.ts';
import { clientDisplayName, clientRedirectUris, microsoftGraphAppId } from '../guide/clientRegistration.ts';
import type { Journal } from './journal.ts';
import { sendPatiently } from './patience.ts';
import type { Clock } from './ports.ts';

export interface RegisterDeps {
  readonly graph: GraphClient;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly account: string;
}

const scopes = ['Application.ReadWrite.All'];

/**
 * Registers a public client of the organization's own for this tool to sign in with: the redirect URIs of its sign-ins, and
 * just the permissions named. Found again by its name and completed when it was begun before. Returns its client ID;
 * rejects with a `GraphError`. Every write is journalled. (Microsoft Graph: Create application, Create servicePrincipal.)
 */
export async function registerClient(
  permissions: readonly string[],
  deps: RegisterDeps,
  options: ReadOptions = {},
): Promise<string> {
  const { graph } = deps;
  const ids = await readOne(graph, delegatedPermissionIds(microsoftGraphAppId), options);
  const resourceAccess = permissions.flatMap((permission) => {
    const id = ids.get(permission);
    return id === undefined ? [] : [{ id, type: 'Scope' }];
  });
  const body = {
    displayName: clientDisplayName,
    signInAudience: 'AzureADMyOrg',
    isFallbackPublicClient: true,
    publicClient: { redirectUris: [...clientRedirectUris] },
    requiredResourceAccess: [{ resourceAppId: microsoftGraphAppId, resourceAccess }],
  };
  const [found] = await readOne(graph, applicationsByName(clientDisplayName), options);
  const made = found ?? (await post('/applications', body, deps, options));
  // The broker's redirect URI holds the client ID, which is known only now.
  await send(
    'PATCH',
    `/applications/${made.id}`,
    { ...body, publicClient: { redirectUris: [...clientRedirectUris, brokerUri(made.appId)] } },
    deps,
    options,
  );
  if ((await readOne(graph, servicePrincipalByAppId(made.appId), options)) === undefined)
    await send('POST', '/servicePrincipals', { appId: made.appId }, deps, options);
  return made.appId;
}

/** Redirect URI of the Windows sign-in broker ("Redirect URI restrictions and limitations"). */
function brokerUri(clientId: string): string {
  return `ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId}`;
}

async function post(
  path: string,
  body: Json,
  deps: RegisterDeps,
  options: ReadOptions,
): Promise<{ readonly id: string; readonly appId: string }> {
  const answered = await send('POST', path, body, deps, options);
  const made = typeof answered === 'object' && answered !== null ? answered : {};
  const [id, appId] = [Reflect.get(made, 'id'), Reflect.get(made, 'appId')] as readonly unknown[];
  if (typeof id === 'string' && typeof appId === 'string') return { id, appId };
  throw new Error('Microsoft Graph answered without the ID of what it made.');
}

async function send(
  method: 'POST' | 'PATCH',
  path: string,
  body: Json,
  { graph, journal, clock, newId, account }: RegisterDeps,
  { signal }: ReadOptions,
): Promise<unknown> {
  const entry = {
    id: newId(),
    at: clock.now(),
    account,
    changes: ['client.registration'],
    titles: [`Register "${clientDisplayName}" as client of this tool`],
    method,
    path,
    body,
  };
  await journal.write({ ...entry, phase: 'intended' });
  const once = () => graph.send({ method, path, body, scopes, interactive: true, ...(signal && { signal }) });
  try {
    // What makes something is never sent twice; what follows waits until the new object is known.
    const isNew = (): boolean => path !== '/applications';
    const answer = isNew()
      ? await sendPatiently({ method, path }, once, { clock, isNew, signal })
      : await once();
    await journal.write({ ...entry, at: clock.now(), phase: 'done', status: answer.status });
    return answer.body;
  } catch (error) {
    await journal.write({ ...entry, at: clock.now(), phase: 'failed' });
    throw error;
  }
}
