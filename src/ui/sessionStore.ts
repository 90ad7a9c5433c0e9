import * as vscode from 'vscode';
import type { Candidate, Observation, Session } from '../engine/session.ts';
import { steady } from './steady.ts';
import type { Steady } from './steady.ts';
import { reached, viewStateOf } from './viewState.ts';
import type { ViewState } from './viewState.ts';

/** Why there is no session. */
export type Closed = 'signedOut' | 'opening' | 'sandboxReady' | 'sandboxStopped';

/**
 * The one store that every view renders from: which session is open and what its last looks said. Views subscribe and
 * send commands; they never ask the tenant. Emits after a change only.
 */
export class SessionStore implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #closed: Closed = 'signedOut';
  #session: Session | undefined;
  #unsubscribe: (() => void) | undefined;
  #lastGood: Observation | undefined;
  #judged: Observation | undefined;
  #steady: Steady | undefined;
  #candidates: readonly Candidate[] = [];
  /** Applications could not be listed because this account may not read them. */
  #mayNotRead = false;
  #looks = 0;

  get session(): Session | undefined {
    return this.#session;
  }

  get state(): ViewState {
    if (!this.#session) return this.#closed;
    const state = viewStateOf(this.#session.current, this.#lastGood);
    return state === 'noApplication' && this.#mayNotRead ? 'noAccess' : state;
  }

  /** What the views show: the last look, or the last that reached the tenant while it can't be reached. */
  get observation(): Observation | undefined {
    const current = this.#session?.current;
    return current && !reached(current) && this.#lastGood ? this.#lastGood : current;
  }

  /** When the shown observation is older than the last look, the last look; else `undefined`. */
  get unreachable(): Observation | undefined {
    const current = this.#session?.current;
    return current !== this.observation ? current : undefined;
  }

  get steady(): Steady | undefined {
    return this.#steady;
  }

  get checking(): boolean {
    return this.#looks > 0;
  }

  /** Applications that look like Kiro's, asked for once a connection while none is connected. */
  get candidates(): readonly Candidate[] {
    return this.#candidates;
  }

  /** The session, for a command that needs one: its `when` has said that there is one. */
  require(): Session {
    if (this.#session) return this.#session;
    throw new Error(vscode.l10n.t('No tenant is connected. Sign in first.'));
  }

  open(session: Session): void {
    this.#leave();
    this.#session = session;
    this.#unsubscribe = session.onDidChange(() => this.#judge());
    this.#judge();
  }

  close(as: Closed): void {
    this.#leave();
    this.#closed = as;
    this.#changed.fire();
  }

  /** Looks at the tenant and keeps `checking` true meanwhile. */
  async look(options: { signal?: AbortSignal; interactive?: boolean } = {}): Promise<void> {
    const session = this.#session;
    if (!session) return;
    this.#looks += 1;
    this.#changed.fire();
    try {
      await session.observe(options);
      if (session === this.#session && ['noApplication', 'noAccess'].includes(this.state))
        await this.#lookForCandidates(session);
    } finally {
      this.#looks -= 1;
      this.#changed.fire();
    }
  }

  async #lookForCandidates(session: Session): Promise<void> {
    if (this.#candidates.length > 0) return;
    // Only decides which welcome text is shown; adopting asks again and says what went wrong.
    const found = await session.candidates().catch((error: unknown) => {
      if (session === this.#session) this.#mayNotRead = isRefused(error);
      return undefined;
    });
    if (session !== this.#session || !found) return;
    this.#candidates = found;
    this.#mayNotRead = false;
  }

  #judge(): void {
    const current = this.#session?.current;
    if (current && current !== this.#judged) {
      this.#judged = current;
      if (reached(current)) this.#lastGood = current;
      this.#steady = steady(this.#steady, current.health.overall);
    }
    this.#changed.fire();
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#session = undefined;
    this.#lastGood = undefined;
    this.#judged = undefined;
    this.#steady = undefined;
    this.#candidates = [];
    this.#mayNotRead = false;
  }

  dispose(): void {
    this.#leave();
    this.#changed.dispose();
  }
}

/** Microsoft Graph refused for want of a permission or a role. */
function isRefused(error: unknown): boolean {
  return error instanceof Error && 'reason' in error && error.reason === 'permission';
}
