import type * as vscode from 'vscode';
import { nextLook } from '../engine/watch.ts';
import type { Session } from '../engine/session.ts';
import type { Health } from '../guide/health.ts';
import type { SessionStore } from './sessionStore.ts';

/** A doubtful reading is checked again after this many milliseconds, before anything turns red. */
const confirmAfter = 3_000;

/** What the watch needs of the store; `SessionStore` is one. */
export interface WatchedStore extends Pick<SessionStore, 'checking' | 'steady'> {
  readonly onDidChange: (listener: () => void) => Pick<vscode.Disposable, 'dispose'>;
  readonly session:
    (Pick<Session, 'now'> & { readonly current: { readonly health: Health } | undefined }) | undefined;
  look(): Promise<void>;
}

/** Runs something after so many milliseconds; what it returns takes that back. */
export type After = (milliseconds: number, run: () => void) => () => void;

const onThisMachine: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

/**
 * Looks again by itself while somebody can see it: soon when a reading is doubtful, and at growing intervals, up to five
 * minutes, for as long as something waits. Never at rest, and never while nobody can see it.
 */
export class Refresh implements vscode.Disposable {
  readonly #store: WatchedStore;
  readonly #isVisible: () => boolean;
  readonly #disposable: Pick<vscode.Disposable, 'dispose'>;
  readonly #after: After;
  #takeBack: (() => void) | undefined;
  #unchanged = 0;
  #seen = '';

  constructor(store: WatchedStore, isVisible: () => boolean, after: After = onThisMachine) {
    this.#store = store;
    this.#after = after;
    this.#isVisible = isVisible;
    this.#disposable = store.onDidChange(() => this.#plan());
  }

  /** The view or the panel was shown or hidden, or a command changed something: begin with short intervals again. */
  restart(): void {
    this.#unchanged = 0;
    this.#plan();
  }

  #plan(): void {
    this.#takeBack?.();
    this.#takeBack = undefined;
    if (this.#store.checking) return;
    const delay = this.#delay();
    if (delay === undefined) return;
    this.#takeBack = this.#after(delay, () => void this.#look());
  }

  #delay(): number | undefined {
    const session = this.#store.session;
    const current = session?.current;
    if (!current) return undefined;
    if (!this.#isVisible()) return undefined;
    if (this.#store.steady?.doubted !== undefined) return confirmAfter;
    return nextLook(current.health, this.#unchanged, session.now());
  }

  async #look(): Promise<void> {
    // What hides a view does not always say so.
    if (!this.#isVisible()) return;
    // A look never throws: what it can't read is unknown, and the store says so.
    await this.#store.look();
    const seen = newsOf(this.#store.session?.current?.health);
    this.#unchanged = seen === this.#seen ? this.#unchanged + 1 : 0;
    this.#seen = seen;
    this.#plan();
  }

  dispose(): void {
    this.#takeBack?.();
    this.#disposable.dispose();
  }
}

/** What a look says, but for moments: the end of a wait that is reckoned anew shifts a little each time, and is no news. */
function newsOf(health: Health | undefined): string {
  return JSON.stringify([health?.overall, health?.steps], (key, value: unknown) =>
    key === 'at' || key === 'until' ? undefined : value,
  );
}
