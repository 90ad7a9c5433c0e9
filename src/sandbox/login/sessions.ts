import { randomBytes } from 'node:crypto';
import type { Account } from '../state.ts';

const cookie = 'ESTSAUTH';

/** Who is signed in in which browser, by a cookie, so that a sign-in with a hint need not ask again who it is. */
export class BrowserSessions {
  readonly #accounts = new Map<string, Account>();

  /** Sets the cookie of a browser in which a person has just signed in. */
  remember(response: Response, account: Account): void {
    const id = randomBytes(24).toString('base64url');
    this.#accounts.set(id, account);
    response.headers.append('Set-Cookie', `${cookie}=${id}; Path=/; HttpOnly; SameSite=Lax`);
  }

  /**
   * The account with which a flow goes on without asking: the one that is signed in in this browser, if the client names it
   * as `login_hint` and demands neither a fresh sign-in nor a choice ("Microsoft identity platform: authorization code
   * flow").
   */
  accountFor(
    request: Request,
    { loginHint, prompt }: { readonly loginHint: string; readonly prompt: string },
  ): Account | undefined {
    if (loginHint === '' || ['login', 'select_account'].includes(prompt)) return undefined;
    const account = this.#accounts.get(idOf(request));
    return account?.userPrincipalName.toLowerCase() === loginHint.toLowerCase() ? account : undefined;
  }

  forget(request: Request): void {
    this.#accounts.delete(idOf(request));
  }
}

function idOf(request: Request): string {
  return new RegExp(`(?:^|;\\s*)${cookie}=([\\w-]+)`).exec(request.headers.get('cookie') ?? '')?.[1] ?? '';
}
