import type { Locator, Page } from 'playwright-core';

/** The walkthrough's editor. */
export class Walkthrough {
  readonly editor: Locator;

  constructor(page: Page) {
    this.editor = page.locator('.gettingStartedContainer');
  }

  step(title: string | RegExp): Locator {
    return this.editor
      .locator('.getting-started-step')
      .filter({ has: this.editor.page().locator('.step-title', { hasText: title }) });
  }

  async select(title: string | RegExp): Promise<void> {
    const step = this.step(title);
    if (!(await step.getAttribute('class'))?.includes('expanded')) await step.click();
    await this.editor.locator('.getting-started-step.expanded').filter({ hasText: title }).waitFor();
  }

  /** Presses the step's button, or follows one of its links. */
  async press(title: string | RegExp, label: string | RegExp): Promise<void> {
    await this.select(title);
    const step = this.step(title);
    await step
      .getByRole('button', { name: label })
      .or(step.getByRole('link', { name: label }))
      .or(step.locator('a', { hasText: label }))
      .first()
      .click();
  }

  /** Waits until the step is ticked. */
  async ticked(title: string | RegExp): Promise<void> {
    await this.step(title).locator('.codicon-getting-started-step-checked').first().waitFor();
  }

  async isTicked(title: string | RegExp): Promise<boolean> {
    return (await this.step(title).locator('.codicon-getting-started-step-checked').count()) > 0;
  }
}
