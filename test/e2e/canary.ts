import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { VsCodeServer } from '../vscode-server/server.ts';

/**
 * What must be found nowhere: secrets that a test knows, whatever looks like a token, and code verifiers, which never leave
 * the extension, by the challenges that were seen of them.
 */
export class Canary {
  readonly #secrets = new Map<string, string>();
  readonly #challenges = new Set<string>();

  /** From now on remembers each authorization code and challenge that passes through the browser. */
  watch(context: BrowserContext): void {
    context.on('request', (request) => {
      const sent = [new URL(request.url()).searchParams, new URLSearchParams(request.postData() ?? '')];
      for (const parameters of sent) {
        const challenge = parameters.get('code_challenge');
        if (challenge !== null) this.#challenges.add(challenge);
        const code = parameters.get('code');
        if (code !== null && code.length > 20) this.add('authorization code', code);
      }
    });
  }

  add(what: string, secret: string): void {
    this.#secrets.set(secret, what);
  }

  /** Kinds of secrets that it knows of, so that a test sees that there is something to look for. */
  get kinds(): ReadonlySet<string> {
    return new Set([...this.#secrets.values(), ...(this.#challenges.size > 0 ? ['code verifier'] : [])]);
  }

  /** The kinds of secrets in it. */
  in(content: string): readonly string[] {
    const found = new Set<string>();
    for (const [secret, what] of this.#secrets) if (content.includes(secret)) found.add(what);
    if (/eyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}/.test(content)) found.add('token');
    // RFC 7636: a verifier has 43 to 128 characters, and its challenge is its SHA-256.
    for (const [candidate] of content.matchAll(/(?<![\w-])[\w-]{43,128}(?![\w-])/g))
      if (this.#challenges.has(createHash('sha256').update(candidate).digest('base64url')))
        found.add('code verifier');
    return [...found];
  }

  /** Where it is found: in files that the server, VS Code and the extension wrote, in what they printed, in the window. */
  async findings(
    server: VsCodeServer,
    page: Page,
    mayHold: (file: string) => boolean,
  ): Promise<readonly string[]> {
    const found: string[] = [];
    const look = (where: string, content: string) => {
      for (const what of this.in(content)) found.push(`${what} in ${where}`);
    };
    for (const file of await filesIn(server.data)) {
      if (!mayHold(file)) look(file, await readFile(file, 'latin1').catch(() => ''));
    }
    look('the server’s output', server.log());
    look('the browser’s storage', await browserStorage(page));
    for (const frame of page.frames()) look(frame.url(), await frame.content().catch(() => ''));
    return found;
  }
}

/** Refresh tokens and passwords, out of the file in which the sandbox itself keeps its tenant: that one may hold them. */
export function secretsOfSandbox(
  state: string,
): readonly { readonly what: string; readonly secret: string }[] {
  const found: { what: string; secret: string }[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      if (path.endsWith('.password')) found.push({ what: 'password', secret: value });
      // One among what is known of it: its client, whose it is, its scopes.
      if (/\.refreshTokens\.\d+\.0$/.test(path)) found.push({ what: 'refresh token', secret: value });
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value)) walk(one, `${path}.${name}`);
    }
  };
  walk(JSON.parse(state), '');
  return found;
}

/** Every file under the folder but those of the installed extensions. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((name) => !name.startsWith(join(folder, 'extensions')));
}

/** What VS Code keeps in the browser, which is where its state and secret storage are when it runs there. */
function browserStorage(page: Page): Promise<string> {
  // As text: the project's types know nothing of a browser outside its panels.
  return page.evaluate<string>(`(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const all = [Object.entries(localStorage), Object.entries(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames)
        for (const value of await done(database.transaction(store).objectStore(store).getAll()))
          all.push(value instanceof Uint8Array ? new TextDecoder().decode(value) : value);
      database.close();
    }
    return JSON.stringify(all);
  })()`);
}
