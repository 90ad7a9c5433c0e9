import type * as vscode from 'vscode';
import type { KeyValue } from '../../engine/ports.ts';

/** The engine's small durable values in a VS Code memento; `undefined` takes a key out. */
export function mementoKeyValue(memento: vscode.Memento): KeyValue {
  return {
    get: (key) => memento.get<unknown>(key),
    set: async (key, value) => {
      await memento.update(key, value);
    },
  };
}
