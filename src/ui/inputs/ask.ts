import * as vscode from 'vscode';
import { Cancelled } from '../errors.ts';
import { words } from '../words.ts';
import type { Check } from './entries.ts';

/** Asks for one value, checked while it is typed. An empty box shows no error yet. Throws `Cancelled`. */
export async function ask(options: {
  readonly title: string;
  readonly prompt: string;
  readonly placeHolder?: string;
  readonly value?: string;
  readonly password?: boolean;
  readonly check: Check;
  /** What is made of a value that can be used, where that is not what was typed. */
  readonly note?: Check;
}): Promise<string> {
  const { check, note, ...box } = options;
  const value = await vscode.window.showInputBox({
    ...box,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const { Info, Error } = vscode.InputBoxValidationSeverity;
      const reason = check(typed);
      if (reason) return { message: words(reason), severity: typed === '' ? Info : Error };
      const noted = note?.(typed);
      return noted && { message: words(noted), severity: Info };
    },
  });
  if (value === undefined) throw new Cancelled();
  return value;
}

/** Asks to pick one. Throws `Cancelled`. */
export async function pick<Value>(
  title: string,
  items: readonly (vscode.QuickPickItem & { readonly value: Value })[],
): Promise<Value> {
  const picked = await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true });
  if (!picked) throw new Cancelled();
  return picked.value;
}
