import type { Locator, Page } from 'playwright-core';

/** The view of the five steps in its own container of the activity bar. */
export class Tree {
  readonly pane: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.pane = page.locator('.sidebar .pane-body');
  }

  async show(): Promise<void> {
    const tab = this.#page
      .locator('.activitybar [role="tab"]')
      .filter({ has: this.#page.locator('[aria-label^="Kiro Connect"]') });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.pane.first().waitFor();
  }

  /** A row by what a screen reader says of it. */
  row(name: string | RegExp): Locator {
    return this.pane.getByRole('treeitem', { name });
  }

  /** What a screen reader says of each row in sight. */
  async names(): Promise<readonly string[]> {
    const rows = await this.pane.getByRole('treeitem').all();
    return Promise.all(rows.map(async (row) => (await row.getAttribute('aria-label')) ?? ''));
  }

  /** VS Code loses a click on a row that it draws again at that moment: as a person would, it clicks again. */
  async expand(name: string | RegExp): Promise<void> {
    const row = this.row(name).first();
    for (let clicks = 1; (await row.getAttribute('aria-expanded')) === 'false'; clicks += 1) {
      await row.locator('.monaco-tl-twistie').click();
      try {
        await row.and(this.pane.locator('[aria-expanded="true"]')).waitFor({ timeout: 3_000 });
      } catch (error) {
        if (clicks === 5) throw error;
      }
    }
  }

  /** Ticks a row's box. */
  async tick(name: string | RegExp): Promise<void> {
    await this.row(name).getByRole('checkbox').click();
  }

  /** Presses an inline action of a row. */
  async act(name: string | RegExp, action: string): Promise<void> {
    const row = this.row(name).first();
    await row.hover();
    await row.locator(`.action-label[aria-label^="${action}"]`).first().click();
  }

  /** The text and the links of the welcome view, while there is one. */
  welcome(): Locator {
    return this.#page.locator('.sidebar .welcome-view-content');
  }
}
