import type { Page } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** The sign-in page that opens while `act` runs. */
export async function signInPage(workbench: Workbench, act: () => Promise<void>): Promise<Page> {
  const page = await workbench.opens(act);
  await page.waitForURL(/\/oauth2\/v2\.0\/authorize/);
  return page;
}

/** Chooses an account and approves and accepts what is asked, for everyone if told; ends when the page says that it is over. */
export async function complete(
  page: Page,
  userPrincipalName: string,
  { everyone = false }: { readonly everyone?: boolean } = {},
): Promise<void> {
  const account = page.getByTestId(`account-${userPrincipalName}`);
  const accept = page.getByTestId('accept');
  const approve = page.getByTestId('approve');
  const over = page.getByText(/You are signed in|You have signed in/);
  for (;;) {
    await account.or(accept).or(approve).or(over).first().waitFor();
    if (await over.first().isVisible()) break;
    if (await approve.isVisible()) await approve.click();
    else if (await accept.isVisible()) {
      if (everyone) await page.locator('[name=everyone]').check();
      await accept.click();
    } else await account.click();
    await page.waitForLoadState();
  }
  await page.close();
}

/** The code and the page that a device code's dialog names; the dialog is answered with "Copy code". */
export async function deviceCode(
  workbench: Workbench,
): Promise<{ readonly code: string; readonly page: string }> {
  const dialog = workbench.dialog(/Sign in with the code/);
  const said = await dialog.innerText();
  await dialog.getByRole('button', { name: 'Copy code', exact: true }).click();
  return {
    code: /with the code (\w+)/.exec(said)?.[1] ?? '',
    page: /Enter it at (\S+), on this/.exec(said)?.[1] ?? '',
  };
}

/** Enters a device code on its page; the page then asks for the account. */
export async function enterCode(page: Page, shown: { code: string; page: string }): Promise<void> {
  await page.goto(shown.page);
  await page.locator('[name=user_code]').fill(shown.code);
  await page.getByTestId('next').click();
}
