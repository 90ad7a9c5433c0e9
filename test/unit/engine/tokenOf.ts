import { clouds } from '../../../src/entra/clouds.ts';
import { createSignIn, type SignIn } from '../../../src/entra/signIn/signIn.ts';
import type { SandboxEndpoints } from '../../../src/engine/connection.ts';
import { formWith, submit } from '../sandbox-kiro/browser.ts';

const accept = 'data-testid="accept"';

/** Someone at a browser: chooses the account, and consents for everyone where that is asked. */
function signInAs({ login, tenantId }: SandboxEndpoints, userPrincipalName: string): SignIn {
  let cache: string | undefined;
  return createSignIn({
    cloud: clouds.global,
    tenant: tenantId,
    sandboxLogin: login,
    cache: {
      hold: async () => async () => undefined,
      load: async () => cache,
      save: async (next) => void (cache = next),
    },
    interaction: {
      kind: 'browser',
      open: async (address) => {
        const page = address.replace('sandbox.localhost', '127.0.0.1');
        const html = await (await fetch(page)).text();
        let next = await submit(page, formWith(html, `account-${userPrincipalName}`));
        if (next.html.includes(accept)) {
          next = await submit(page, formWith(next.html, accept), { decision: 'accept', everyone: 'yes' });
        }
        const back = formWith(next.html, 'data-testid="continue"');
        await fetch(back.action.replace('localhost', '127.0.0.1'), { method: 'POST', body: back.fields });
      },
    },
  });
}

/**
 * A token of somebody who may do less, with permissions that an administrator has granted for everyone: what is then
 * refused is refused for the lack of a role.
 */
export async function tokenOf(
  endpoints: SandboxEndpoints,
  userPrincipalName: string,
  scopes: readonly string[],
): Promise<string> {
  const admin = endpoints.accounts[0]?.userPrincipalName ?? '';
  await signInAs(endpoints, admin).signIn(scopes);
  const signIn = signInAs(endpoints, userPrincipalName);
  return signIn.accessToken(await signIn.signIn(scopes), scopes, { interactive: true });
}
