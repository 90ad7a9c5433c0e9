import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { QuickInput } from './quickInput.ts';
import { Tree } from './tree.ts';
import { Walkthrough } from './walkthrough.ts';

const screenshots = join(import.meta.dirname, '..', '..', 'out', 'screenshots');

/** VS Code's window as a person uses it. */
export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly tree: Tree;
  readonly walkthrough: Walkthrough;

  constructor(page: Page) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.tree = new Tree(page);
    this.walkthrough = new Walkthrough(page);
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.ready();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: 60_000 });
  }

  /** Runs a command of the extension by its title. */
  async command(title: string): Promise<void> {
    await this.quickInput.run(`Kiro Connect: ${title}`);
  }

  /** The extension's status bar item. */
  statusBar(): Locator {
    return this.page.locator('footer .statusbar-item[id^="kiro-connect."]');
  }

  /** A notification that says this; its buttons are buttons in it. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
  }

  async closeNotifications(): Promise<void> {
    await this.quickInput.run('Notifications: Clear All Notifications');
  }

  /** The modal dialog. */
  dialog(text?: string | RegExp): Locator {
    const box = this.page.locator('.monaco-dialog-box');
    return text === undefined ? box : box.filter({ hasText: text });
  }

  async answerDialog(button: string | RegExp, text?: string | RegExp): Promise<void> {
    await this.dialog(text).getByRole('button', { name: button }).click();
  }

  /**
   * The page that opens while `act` runs: a sign-in or the console. VS Code asks before it opens another site's page;
   * that is answered as a person would.
   */
  async opens(act: () => Promise<void>): Promise<Page> {
    const opened = this.page.context().waitForEvent('page');
    await act();
    await this.answerDialog(/^Open$/, /external website/);
    return opened;
  }

  /** The frame of the webview that holds an element; waits for it. */
  async webview(selector: string): Promise<Frame> {
    const { page } = this;
    return new Promise((resolve, reject) => {
      const attempts: Promise<void>[] = [];
      const seek = (frame: Frame): void => {
        if (frame === page.mainFrame()) return;
        attempts.push(frame.waitForSelector(selector, { timeout: 20_000 }).then(() => found(frame)));
      };
      const found = (frame: Frame): void => {
        page.off('frameattached', seek);
        resolve(frame);
      };
      page.on('frameattached', seek);
      page.frames().forEach(seek);
      // Frames that never show it end with a time-out or when they go: only when all have, there is none.
      void page.waitForTimeout(20_000).then(async () => {
        await Promise.allSettled(attempts);
        reject(new Error(`No webview shows ${selector}`));
      });
    });
  }

  /** Saves a picture of the window to `out/screenshots/NAME.png`. */
  async screenshot(name: string): Promise<void> {
    const path = join(screenshots, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
  }
}
