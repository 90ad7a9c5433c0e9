import type { Connection } from '../../engine/connection.ts';
import type { Observation } from '../../engine/session.ts';
import type { Comparison } from '../../guide/comparison.ts';
import type { Kept } from '../../guide/kept.ts';
import type { Text } from '../../guide/text.ts';
import type { ViewState } from '../viewState.ts';

/** What a panel's model is made from. Nothing here is asked of the tenant: it is what the store holds. */
export interface PanelView {
  readonly state: ViewState;
  readonly checking: boolean;
  readonly connection: Connection | undefined;
  readonly kept: Kept;
  readonly observation: Observation | undefined;
  /** The session's last comparison of everybody with Kiro. */
  readonly comparison?: Comparison | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly words: PanelWords;
}

/** How sentences and moments become words in the language of VS Code. */
export interface PanelWords {
  (text: Text): string;
}

/** A model, and the texts its copy buttons stand for, which stay on the host's side. */
export interface WithCopies<M> {
  readonly model: M;
  readonly copies: ReadonlyMap<string, Copyable>;
}

export interface Copyable {
  readonly text: string;
  /** Said when it was copied. */
  readonly said: string;
}

/** Collects what can be copied while a model is made. */
export class Copies {
  readonly #words: PanelWords;
  readonly #said: (name: string) => Text;
  readonly #label: Text;
  readonly map = new Map<string, Copyable>();

  constructor(words: PanelWords, label: Text, said: (name: string) => Text) {
    this.#words = words;
    this.#label = label;
    this.#said = said;
  }

  /** A copy button for `value`; `name` is said when it was copied. */
  add(what: string, value: string, name: string): { what: string; label: string; about: string } {
    this.map.set(what, { text: value, said: this.#words(this.#said(name)) });
    return { what, label: this.#words(this.#label), about: name };
  }
}
