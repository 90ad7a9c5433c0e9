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
  const data = startData()?.textContent;
  return data ? parseModel(JSON.parse(data)) : undefined;
}

/** Whether this very page was drawn before: VS Code has brought it back, and its start model may be out of date. */
export function isBroughtBack(): boolean {
  const page = startData()?.dataset['page'];
  return page !== undefined && remembered().page === page;
}

export function rememberDrawn(): void {
  remember({ page: startData()?.dataset['page'] ?? '' });
}

function startData(): HTMLElement | null {
  return document.getElementById('start');
}

/** What the page was before it was covered or reloaded: folds that are open, filter, scroll position, focus. */
export interface Remembered {
  readonly open: readonly string[];
  readonly filter: string;
  readonly kind: string;
  readonly top: number;
  /** Id of the element that had the focus. */
  readonly focus: string;
  /** Which page was drawn last. */
  readonly page: string;
  /** How many events the log showed, and whether there was a chart. */
  readonly events: number;
  readonly chart: boolean;
}

export function remembered(): Remembered {
  const state = api.getState();
  const get = (key: string): unknown =>
    typeof state === 'object' && state !== null && key in state ? Reflect.get(state, key) : undefined;
  const word = (key: string, otherwise = ''): string => {
    const value = get(key);
    return typeof value === 'string' ? value : otherwise;
  };
  const [open, top, events] = [get('open'), get('top'), get('events')];
  return {
    open: Array.isArray(open) ? open.filter((id) => typeof id === 'string') : [],
    filter: word('filter'),
    kind: word('kind', 'all'),
    top: typeof top === 'number' ? top : 0,
    focus: word('focus'),
    page: word('page'),
    events: typeof events === 'number' ? Math.min(events, 20) : 3,
    chart: get('chart') === true,
  };
}

/** Remembers the look of the page. Never given anything that was entered. */
export function remember(change: Partial<Remembered>): void {
  api.setState({ ...remembered(), ...change });
}
