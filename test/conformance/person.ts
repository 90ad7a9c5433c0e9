import { formsOf, formWith, submit } from '../unit/sandbox-kiro/browser.ts';

const accept = 'data-testid="accept"';

/**
 * A person at a browser without script, from a sign-in page on: picks the account, consents where asked, and lets the
 * page return to the application where it does.
 */
export async function signIn(page: string, userPrincipalName: string): Promise<void> {
  await goOn(page, await (await fetch(page)).text(), userPrincipalName);
}

/** The same person at the page for device codes. */
export async function enterCode(page: string, userCode: string, userPrincipalName: string): Promise<void> {
  const html = await (await fetch(page)).text();
  const next = await submit(page, formWith(html, 'user_code'), { user_code: userCode });
  await goOn(page, next.html, userPrincipalName);
}

async function goOn(page: string, html: string, userPrincipalName: string): Promise<void> {
  let next = await submit(page, formWith(html, `account-${userPrincipalName}`));
  if (next.html.includes(accept))
    next = await submit(page, formWith(next.html, accept), { decision: 'accept' });
  const back = formsOf(next.html).find((form) => form.html.includes('data-testid="continue"'));
  if (back) await fetch(back.action, { method: 'POST', body: back.fields });
}
