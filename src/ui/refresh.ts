import type * as vscode from 'vscode';
import { nextLook } from '../engine/watch.ts';
import type { Health } from '../guide/health.ts';
import type { SessionStore } from './sessionStore.ts';

/** A doubtful reading is checked again after this many milliseconds, before anything turns red. */
const confirmAfter = 3_000;
/** Looks by itself stop after this many without a change; a command or showing the view starts them again. */
const maxUnchanged = 40;

/**
 * Looks again by itself: soon when a reading is doubtful, and at growing intervals while something waits and somebody can
 * see it. Never otherwise.
 */
export class Refresh implements vscode.Disposable {
  readonly #store: SessionStore;
  readonly #isVisible: () => boolean;
  readonly #disposable: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #unchanged = 0;
  #seen = '';

  constructor(store: SessionStore, isVisible: () => boolean) {
    this.#store = store;
    this.#isVisible = isVisible;
    this.#disposable = store.onDidChange(() => this.#plan());
  }

  /** The view or the panel was shown or hidden, or a command changed something: begin with short intervals again. */
  restart(): void {
    this.#unchanged = 0;
    this.#plan();
  }

  #plan(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#store.checking) return;
    const delay = this.#delay();
    if (delay === undefined) return;
    this.#timer = setTimeout(() => void this.#look(), delay);
  }

  #delay(): number | undefined {
    const session = this.#store.session;
    const current = session?.current;
    if (!current) return undefined;
    if (this.#store.steady?.doubted !== undefined) return confirmAfter;
    if (!this.#isVisible() || this.#unchanged >= maxUnchanged) return undefined;
    return nextLook(current.health, this.#unchanged, session.now());
  }

  async #look(): Promise<void> {
    // A look never throws: what it can't read is unknown, and the store says so.
    await this.#store.look();
    const seen = newsOf(this.#store.session?.current?.health);
    this.#unchanged = seen === this.#seen ? this.#unchanged + 1 : 0;
    this.#seen = seen;
    this.#plan();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#disposable.dispose();
  }
}

/** What a look says, but for moments: the end of a wait that is reckoned anew shifts a little each time, and is no news. */
function newsOf(health: Health | undefined): string {
  return JSON.stringify([health?.overall, health?.steps], (key, value: unknown) =>
    key === 'at' || key === 'until' ? undefined : value,
  );
}
