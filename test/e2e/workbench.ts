import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { QuickInput } from './quickInput.ts';
import { Tree } from './tree.ts';
import { Walkthrough } from './walkthrough.ts';

const screenshots = join(import.meta.dirname, '..', '..', 'out', 'screenshots');

/** Milliseconds that a webview has to load and draw. */
const limit = 20_000;

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

  /** Reloads the window, in which the extension brings back what was connected. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
    // The palette lists an extension's commands once VS Code has read its manifest, and one opened earlier is not filled
    // again; tabs and views are drawn from memory before that, the status bar is not.
    await this.statusBar().waitFor({ timeout: 60_000 });
  }

  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: 60_000 });
  }

  /** Runs a command of the extension by its title. */
  async command(title: string): Promise<void> {
    await this.quickInput.run(`Kiro Connect: ${title}`);
  }

  async showWalkthrough(): Promise<void> {
    await this.command('Open the walkthrough');
    await this.walkthrough.editor.waitFor();
    // The picture of a step is drawn in a webview of its own.
    await this.webview('svg[role="img"]');
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

  /** The page that opens while `act` runs: the console, say. */
  async opens(act: () => Promise<void>): Promise<Page> {
    const opened = this.page.context().waitForEvent('page');
    await act();
    return opened;
  }

  /** The frame of the webview that holds an element; waits for it. */
  async webview(selector: string): Promise<Frame> {
    const { page } = this;
    return new Promise((resolve, reject) => {
      const seek = (frame: Frame): void => {
        if (frame === page.mainFrame()) return;
        // A frame that goes, or never shows it, is not the one.
        frame.waitForSelector(selector, { timeout: limit }).then(
          () => end(() => resolve(frame)),
          () => undefined,
        );
      };
      const timer = setTimeout(() => end(() => reject(new Error(`No webview shows ${selector}`))), limit);
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        page.off('frameattached', seek);
        settle();
      };
      page.on('frameattached', seek);
      page.frames().forEach(seek);
    });
  }

  /** Waits until the diff editor shows a plan, and answers with the lines in sight of what will be. */
  async preview(): Promise<string> {
    const lines = this.page.locator('.monaco-diff-editor .editor.modified .view-lines').first();
    await lines.filter({ hasText: /What.will.be/ }).waitFor();
    return (await lines.innerText()).replaceAll('\u00a0', ' ');
  }

  /** Answers the one question about the plan that is shown. Applied, its preview closes by itself. */
  async confirmPlan(answer: 'Apply' | 'Cancel'): Promise<void> {
    await this.preview();
    await this.answerDialog(answer, /Make \d+ changes? in /);
    if (answer === 'Apply') await this.page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
  }

  /** Chooses a colour theme by its label; `kind` is the class that VS Code then puts on the window. */
  async chooseTheme(label: string, kind: '.vs' | '.vs-dark' | '.hc-black' | '.hc-light'): Promise<void> {
    await this.quickInput.run('Preferences: Color Theme');
    await this.quickInput.choose(label);
    await this.page.locator(`.monaco-workbench${kind}`).waitFor();
  }

  /** Saves a picture of the window to `out/screenshots/NAME.png`. */
  async screenshot(name: string): Promise<void> {
    const path = join(screenshots, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
  }
}
