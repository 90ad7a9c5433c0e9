import type { Intent, Push } from './messages.ts';
import { parseModel, parsePush } from './messages.ts';
import type { Model } from './models.ts';

/** The browser's side of the line to the extension host. */

interface VsCodeApi {
  postMessage(message: Intent): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** Sends an intent. The one way by which anything leaves the panel. */
export function send(intent: Intent): void {
  api.postMessage(intent);
}

/** Calls `listener` for every well-formed message of the host. */
export function onPush(listener: (push: Push) => void): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const push = parsePush(event.data);
    if (push) listener(push);
  });
}

/** The model that the page was delivered with, so that the first picture needs no round trip. */
export function startModel(): Model | undefined {
  const data = document.getElementById('start')?.textContent;
  return data ? parseModel(JSON.parse(data)) : undefined;
}

/** What the page was before it was hidden or reloaded: which folds are open, the filter, the scroll position. */
export interface Remembered {
  readonly open: readonly string[];
  readonly filter: string;
  readonly kind: string;
  readonly top: number;
}

export function remembered(): Remembered {
  const state = api.getState();
  const get = (key: string): unknown =>
    typeof state === 'object' && state !== null && key in state ? Reflect.get(state, key) : undefined;
  const open = get('open');
  const [filter, kind, top] = [get('filter'), get('kind'), get('top')];
  return {
    open: Array.isArray(open) ? open.filter((id) => typeof id === 'string') : [],
    filter: typeof filter === 'string' ? filter : '',
    kind: typeof kind === 'string' ? kind : 'all',
    top: typeof top === 'number' ? top : 0,
  };
}

/** Remembers the look of the page. Never given anything that was entered. */
export function remember(change: Partial<Remembered>): void {
  api.setState({ ...remembered(), ...change });
}
