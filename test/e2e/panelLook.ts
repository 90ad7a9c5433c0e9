import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import type { Workbench } from './workbench.ts';

const themes = [
  ['Light Modern', '.vs'],
  ['Dark High Contrast', '.hc-black'],
  ['Dark Modern', '.vs-dark'],
] as const;

/** The status panel in the real workbench, as somebody sees it and as a screen reader has it. */
export class PanelLook {
  readonly #workbench: Workbench;
  readonly frame: Frame;

  constructor(workbench: Workbench, frame: Frame) {
    this.#workbench = workbench;
    this.frame = frame;
  }

  /** Pictures of the whole panel in a light, a high contrast and a dark theme; axe must find nothing in any of them. */
  async passes(name: string): Promise<void> {
    const { page } = this.#workbench;
    await page
      .locator('.part.panel')
      .getByRole('button', { name: /^Maximize Panel/ })
      .click();
    for (const [label, kind] of themes) {
      await this.#workbench.chooseTheme(label, kind);
      // VS Code tells the page of a webview on its own time.
      await this.frame.locator(`body[data-vscode-theme-name="${label}"]`).waitFor();
      await this.#workbench.screenshot(`status-${name}-${kind.slice(1)}`);
      assert.deepEqual(await this.#violations(), [], `${name} in ${label}`);
    }
    await page
      .locator('.part.panel')
      .getByRole('button', { name: /^Restore Panel/ })
      .click();
  }

  async #violations(): Promise<readonly { readonly id: string; readonly nodes: readonly string[] }[]> {
    await this.frame.evaluate(axe.source);
    // The page is transparent over VS Code's panel, whose colour axe, which sees the page alone, has to be given.
    return this.frame.evaluate(`(async () => {
      document.documentElement.style.backgroundColor = 'var(--vscode-panel-background)';
      const { violations } = await axe.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
      });
      document.documentElement.style.backgroundColor = '';
      return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
    })()`);
  }
}
