/**
 * A sentence for an admin, kept apart from its language so that VS Code's l10n can translate it and the terminal
 * can print it. `{0}`, `{1}` … stand for the arguments; `{ at }` is a moment in epoch milliseconds and is written as
 * local clock time.
 */
export interface Text {
  readonly message: string;
  readonly args: readonly TextArg[];
}

export type TextArg = string | number | { readonly at: number } | Text;

/** How a {@link Text} becomes words. Without a translation the English message stands. */
export interface TextOptions {
  /** Same contract as `vscode.l10n.t`: fills the placeholders of the translated message. */
  readonly translate?: (message: string, ...args: string[]) => string;
  /** Writes a moment (epoch milliseconds) as clock time. */
  readonly clock?: (at: number) => string;
}

/** Makes a {@link Text}. The message must be a literal: it is the key that the l10n bundle is made from. */
export function text(message: string, ...args: TextArg[]): Text {
  return { message, args };
}

/** Writes a {@link Text} out. */
export function format(value: Text, options: TextOptions = {}): string {
  const clock = options.clock ?? clockTime;
  const args = value.args.map((arg) => {
    if (typeof arg === 'string') return arg;
    if (typeof arg === 'number') return String(arg);
    return 'at' in arg ? clock(arg.at) : format(arg, options);
  });
  return options.translate ? options.translate(value.message, ...args) : fill(value.message, args);
}

function fill(message: string, args: readonly string[]): string {
  return message.replace(/\{(\d+)\}/g, (whole, index: string) => args[Number(index)] ?? whole);
}

function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
