import type { TemplateResult } from 'lit-html';
import { render } from 'lit-html';
import { changesBetween } from './changes.ts';
import { whileSeen } from './clocks.ts';
import { isBroughtBack, onPush, remember, remembered, rememberDrawn, send, startModel } from './host.ts';
import type { Push } from './messages.ts';
import type { Model } from './models.ts';
import { hear } from './say.ts';

/** What every page does beside laying out its model. */

/** A page that is brought back waits this long for a fresh model, in milliseconds, before it draws the one it came with. */
const patience = 1_000;

export type ModelOf<Kind extends Model['kind']> = Extract<Model, { readonly kind: Kind }>;

export interface PageParts<Kind extends Model['kind']> {
  readonly kind: Kind;
  /** `now` is the connection's clock, epoch milliseconds. */
  readonly view: (model: ModelOf<Kind>, now: number) => TemplateResult;
  /** Called for what the host answers to an intent, before the page is drawn again. */
  readonly onAnswer: (answer: Exclude<Push, { readonly type: 'state' }>) => void;
}

/**
 * Runs a page: draws the model in place whenever it changed or the clock moved on, says to screen readers what changed,
 * and comes back where it was scrolled. Returns what draws it again after the page's own look has changed.
 *
 * VS Code throws a covered page away and loads it again from the HTML of its first time. Its start model may be hours old
 * by then, with fields that are long filled: nothing is drawn from it before the host has had its chance to answer.
 */
export function startPage<Kind extends Model['kind']>(parts: PageParts<Kind>): () => void {
  let model = ofKind(startModel(), parts.kind);
  let fresh = !isBroughtBack();
  let drawn = false;

  const draw = (): void => {
    const root = document.getElementById('root');
    if (!root || !model || !fresh) return;
    render(parts.view(model, Date.now() + (model.clockAhead ?? 0)), root);
    if (drawn) return;
    drawn = true;
    rememberDrawn();
    keepPlace();
  };

  onPush((push) => {
    if (push.type === 'state') {
      const before = drawn ? model : undefined;
      model = ofKind(push.model, parts.kind) ?? model;
      fresh = true;
      if (before && model) hear(changesBetween(before, model));
    } else {
      parts.onAnswer(push);
    }
    draw();
  });

  whileSeen(draw);
  if (!fresh) {
    setTimeout(() => {
      fresh = true;
      draw();
    }, patience);
  }
  send({ type: 'ready' });
  return draw;
}

function ofKind<Kind extends Model['kind']>(model: Model | undefined, kind: Kind): ModelOf<Kind> | undefined {
  const is = (candidate: Model): candidate is ModelOf<Kind> => candidate.kind === kind;
  return model && is(model) ? model : undefined;
}

/** Scrolls to where the page was before it was covered or reloaded, gives the focus back, and goes on noting both. */
function keepPlace(): void {
  const { top, focus } = remembered();
  window.scrollTo({ top });
  // Never takes the focus from the rest of VS Code: only hands it on within the page, when it comes here by itself.
  const giveBack = (): void => {
    if (document.activeElement === document.body)
      document.getElementById(focus)?.focus({ preventScroll: true });
  };
  if (document.hasFocus()) giveBack();
  else window.addEventListener('focus', giveBack, { once: true });
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) remember({ focus: target.id });
  });
  let asked = false;
  window.addEventListener(
    'scroll',
    () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        remember({ top: window.scrollY });
      });
    },
    { passive: true },
  );
}
