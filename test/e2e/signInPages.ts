import type { BrowserContext, Page } from 'playwright-core';

/**
 * From now on, signs in as a person would on every sign-in page of the sandbox that opens: chooses the account, accepts
 * what is asked, and closes the page when it says that it can be closed. Returns what was asked for so far.
 */
export function answerSignIns(context: BrowserContext, userPrincipalName: string): SignIns {
  const consents: string[][] = [];
  const failures: unknown[] = [];
  const signIns = { userPrincipalName, consents, failures };
  context.on('page', (page) => {
    signIn(page, signIns.userPrincipalName, consents).catch((error: unknown) => failures.push(error));
  });
  return signIns;
}

export interface SignIns {
  /** Who signs in from now on. */
  userPrincipalName: string;
  /** The scopes of each consent page, in order. */
  readonly consents: readonly (readonly string[])[];
  /** What went wrong on a page; empty when all is well. */
  readonly failures: readonly unknown[];
}

async function signIn(page: Page, userPrincipalName: string, consents: string[][]): Promise<void> {
  await page.waitForURL(/\S/);
  if (!page.url().includes('/oauth2/v2.0/authorize')) return;
  const account = page.getByTestId(`account-${userPrincipalName}`);
  const accept = page.getByRole('button', { name: 'Accept' });
  const done = page.getByText('You are signed in');
  await account.or(accept).or(done).first().waitFor();
  if (await account.isVisible()) await account.click();
  await accept.or(done).first().waitFor();
  if (await accept.isVisible()) {
    consents.push(await page.locator('.scopes code').allInnerTexts());
    await accept.click();
  }
  await done.waitFor();
  await page.close();
}
