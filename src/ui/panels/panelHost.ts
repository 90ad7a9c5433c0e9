import * as vscode from 'vscode';
import { text } from '../../guide/text.ts';
import type { Intent, Push } from '../../webview/messages.ts';
import { parseIntent } from '../../webview/messages.ts';
import type { EntryField, Model } from '../../webview/models.ts';
import { nothingKept } from '../../guide/kept.ts';
import { panelHtml } from './html.ts';
import type { PanelPorts } from './ports.ts';
import type { Copyable, PanelView, WithCopies } from './view.ts';

/** A webview that VS Code gave us: an editor tab or a view in the panel area. */
export interface Place {
  readonly webview: vscode.Webview;
  readonly visible: () => boolean;
}

/** What of a panel differs between the two. */
export interface PanelKind {
  readonly script: 'handOff' | 'status';
  readonly title: string;
  readonly model: (view: PanelView) => WithCopies<Model>;
}

/**
 * The host's half of a panel: delivers the page, sends the model whenever it changed and the page can be seen, and
 * carries out what the page asks, which is parsed first. `dispose` before the webview goes.
 */
export class PanelHost implements vscode.Disposable {
  readonly #ports: PanelPorts;
  readonly #place: Place;
  readonly #kind: PanelKind;
  readonly #disposables: vscode.Disposable[] = [];
  #copies: ReadonlyMap<string, Copyable> = new Map();
  /** The model that the page has, as JSON: an equal one is not sent again. */
  #sent = '';
  #asked = false;
  #clock: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(ports: PanelPorts, place: Place, kind: PanelKind) {
    this.#ports = ports;
    this.#place = place;
    this.#kind = kind;
    const { webview } = place;
    const folder = vscode.Uri.joinPath(ports.extensionUri, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    const address = (file: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
    this.#disposables.push(
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      ports.store.onDidChange(() => this.refresh()),
    );
    webview.html = panelHtml({
      cspSource: webview.cspSource,
      script: address(`${kind.script}.js`),
      styles: [address('codicon.css'), address('panel.css')],
      language: vscode.env.language,
      title: kind.title,
      start: this.#model(),
    });
  }

  /** Sends the model if it changed. Several calls in one turn make one message; a hidden page gets none. */
  refresh(): void {
    if (this.#asked || this.#disposed) return;
    this.#asked = true;
    setTimeout(() => {
      this.#asked = false;
      clearTimeout(this.#clock);
      if (this.#disposed || !this.#place.visible()) return;
      const model = this.#model();
      this.#wakeAtEnd(model);
      const json = JSON.stringify(model);
      if (json === this.#sent) return;
      this.#sent = json;
      this.#push({ type: 'state', model });
    });
  }

  /** What is said about a clock is no longer true when it has run out: the model is made again then, without a look. */
  #wakeAtEnd(model: Model): void {
    const end = nextEnd(model, this.#ports.now());
    if (end === undefined) return;
    this.#clock = setTimeout(() => this.refresh(), Math.min(end - this.#ports.now(), longestTimer) + 500);
  }

  #model(): Model {
    const { store, words, now } = this.#ports;
    const { model, copies } = this.#kind.model({
      state: store.state,
      checking: store.checking,
      connection: store.session?.connection,
      kept: store.session?.kept ?? nothingKept,
      observation: store.observation,
      comparison: store.session?.comparison,
      now: now(),
      words,
    });
    this.#copies = copies;
    return { ...model, ...clockAhead(now()) };
  }

  #receive(message: unknown): void {
    const intent = parseIntent(message);
    if (intent) void this.#carryOut(intent);
  }

  async #carryOut(intent: Intent): Promise<void> {
    switch (intent.type) {
      case 'ready':
        // A page that was hidden starts from its first model again.
        this.#sent = '';
        this.refresh();
        return;
      case 'command':
        // The command's own wrapper says what went wrong; here nothing is left to say.
        await Promise.resolve(this.#ports.run(intent.id, ...intent.args)).catch(() => undefined);
        return;
      case 'copy': {
        await this.#copy(intent.what);
        return;
      }
      case 'enter': {
        await this.#enter(intent);
        return;
      }
    }
  }

  async #copy(what: string): Promise<void> {
    const copy = this.#copies.get(what);
    if (!copy) return;
    try {
      await vscode.env.clipboard.writeText(copy.text);
      this.#push({ type: 'copied', what, sentence: copy.said });
    } catch {
      const sentence = this.#ports.words(
        text('The clipboard refused it: select the value and copy it by hand.'),
      );
      this.#push({ type: 'notCopied', sentence });
    }
  }

  async #enter({ field, value, domain }: Extract<Intent, { type: 'enter' }>): Promise<void> {
    const about = { field, ...(domain === undefined ? {} : { domain }) };
    try {
      const sentence = await this.#ports.enter(field, value, domain);
      this.#push({ type: 'entered', ...about, accepted: true, sentence });
    } catch (error) {
      this.#push({
        type: 'entered',
        ...about,
        accepted: false,
        sentence: this.#refusal(error, field, value),
      });
    }
  }

  /** An error's sentence, unless it repeats the token that was entered. */
  #refusal(error: unknown, field: EntryField, value: string): string {
    const sentence = this.#ports.sentenceOf(error);
    const secret = value.trim();
    return field === 'scimToken' && secret !== '' && sentence.includes(secret)
      ? this.#ports.words(text('This value was refused.'))
      : sentence;
  }

  #push(push: Push): void {
    if (!this.#disposed) void this.#place.webview.postMessage(push);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#clock);
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** Node takes no timer that is longer. */
const longestTimer = 2 ** 31 - 1_000;

/** When the first clock of a model runs out. */
function nextEnd(model: Model, now: number): number | undefined {
  const clocks =
    model.kind === 'status'
      ? [...model.stages, ...model.domains].map(({ clock }) => clock)
      : model.domains.cards.map(({ clock }) => clock);
  const ends = clocks.flatMap((clock) => (clock && clock.until > now ? [clock.until] : []));
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** In whole seconds, so that a model that says the same stays the same. */
function clockAhead(now: number): { clockAhead?: number } {
  const ahead = Math.round((now - Date.now()) / 1_000) * 1_000;
  return ahead === 0 ? {} : { clockAhead: ahead };
}
