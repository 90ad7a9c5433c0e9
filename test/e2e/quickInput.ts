import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** VS Code's command palette, quick picks and input boxes: they are one widget. */
export class QuickInput {
  readonly widget: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.widget = page.locator('.quick-input-widget');
  }

  /** Runs a command of the palette by its full title, such as `Kiro Connect: Start sandbox tenant`. */
  async run(title: string): Promise<void> {
    await this.search(title);
    await this.#row(title).first().click();
  }

  /** The titles that the palette offers for what is typed; a command that is disabled is not among them. */
  async offered(typed: string): Promise<readonly string[]> {
    await this.search(typed);
    // The list is filled in one go, and says so itself when nothing matches.
    await this.widget.locator('.monaco-list-row').first().waitFor();
    const titles = await this.widget.locator('.monaco-list-row .quick-input-list-label').allInnerTexts();
    await this.#page.keyboard.press('Escape');
    await this.widget.waitFor({ state: 'hidden' });
    return titles;
  }

  /** Chooses one row of the open quick pick. */
  async pick(label: string | RegExp): Promise<void> {
    await this.#row(label).first().click();
  }

  /** Types the label into the open quick pick, whose list may be long, and chooses it. */
  async choose(label: string): Promise<void> {
    await this.widget.locator('.monaco-list-row').first().waitFor();
    await this.#input().fill(label);
    await this.pick(label);
  }

  /** Ticks rows of the open quick pick, then confirms. */
  async tick(...labels: readonly (string | RegExp)[]): Promise<void> {
    for (const label of labels) await this.#row(label).first().locator('.label-name').first().click();
    await this.widget.getByRole('button', { name: 'OK' }).click();
  }

  /** Fills the input box of this title, once it is there, and confirms it. */
  async enter(title: string | RegExp, text: string): Promise<void> {
    await this.widget.locator('.quick-input-title', { hasText: title }).waitFor();
    await this.#input().fill(text);
    await this.#page.keyboard.press('Enter');
  }

  /** The sentence with which the input box refuses what is typed; waits for one. */
  async refusal(): Promise<string> {
    await this.widget.locator('.monaco-inputbox.error').waitFor();
    return this.widget.locator('.quick-input-message').innerText();
  }

  /** Whether what is typed is shown as dots. */
  async masked(): Promise<boolean> {
    return (await this.#input().getAttribute('type')) === 'password';
  }

  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.widget.waitFor({ state: 'hidden' });
  }

  /** Waits until what was entered is taken: another command would cancel it before. */
  async closed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  async search(typed: string): Promise<void> {
    await this.#open();
    await this.#input().fill(`>${typed}`);
    assert.match(await this.#input().inputValue(), /^>/);
  }

  /** A key that is pressed while the window is still loading goes to nobody: as a person would, it presses again. */
  async #open(): Promise<void> {
    for (let presses = 1; ; presses += 1) {
      await this.#page.keyboard.press('F1');
      try {
        await this.#input().waitFor({ timeout: 5_000 });
        return;
      } catch (error) {
        if (presses === 6) throw error;
      }
    }
  }

  #input(): Locator {
    return this.widget.locator('.quick-input-box input');
  }

  #row(label: string | RegExp): Locator {
    return this.widget.locator('.monaco-list-row').filter({ hasText: label });
  }
}
