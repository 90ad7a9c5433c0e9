import { randomBytes } from 'node:crypto';
import type { SignedIn } from './signedIn.ts';
import { isRevoked } from './memory.ts';
import type { LoginMemory } from './memory.ts';

const cookie = 'ESTSAUTH';

/** Who is signed in in which browser, by a cookie, so that a later sign-in need not ask again who it is. */
export class BrowserSessions {
  readonly #browsers = new Map<string, Map<string, SignedIn>>();
  readonly #memory: LoginMemory;

  constructor(memory: LoginMemory) {
    this.#memory = memory;
  }

  /** The browser that sent a request; one that is not known yet gets a name, for {@link mark}. */
  of(request: Request): string {
    const id = new RegExp(`(?:^|;\\s*)${cookie}=([\\w-]+)`).exec(request.headers.get('cookie') ?? '')?.[1];
    return id !== undefined && this.#browsers.has(id) ? id : randomBytes(24).toString('base64url');
  }

  /** Lets a browser in which somebody is signed in keep its name. */
  mark(response: Response, browser: string): Response {
    if (this.#browsers.has(browser))
      response.headers.append('Set-Cookie', `${cookie}=${browser}; Path=/; HttpOnly; SameSite=Lax`);
    return response;
  }

  /** A person has just signed in in this browser. */
  remember(browser: string, signedIn: SignedIn): void {
    const people = this.#browsers.get(browser) ?? new Map<string, SignedIn>();
    people.set(signedIn.account.userId, signedIn);
    this.#browsers.set(browser, people);
  }

  /** Everybody who is signed in in this browser; revoked sessions don't count. */
  signedIn(browser: string): SignedIn[] {
    return [...(this.#browsers.get(browser)?.values() ?? [])].filter(
      ({ account, authentication }) => !isRevoked(this.#memory, account.userId, authentication.serial),
    );
  }

  /** Signs everybody, or one account, out of this browser. */
  forget(browser: string, userPrincipalName?: string): void {
    const people = this.#browsers.get(browser);
    for (const [userId, { account }] of people ?? [])
      if (
        userPrincipalName === undefined ||
        account.userPrincipalName.toLowerCase() === userPrincipalName.toLowerCase()
      )
        people?.delete(userId);
  }
}
