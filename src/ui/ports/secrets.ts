import type * as vscode from 'vscode';
import type { Secrets } from '../../engine/ports.ts';

/** VS Code's secret storage. Writes to one key follow each other, so that the last one asked for is the one that stays. */
export function storedSecrets(storage: vscode.SecretStorage): Secrets {
  const writes = new Map<string, Promise<void>>();
  const inTurn = (key: string, write: () => Thenable<void>): Promise<void> => {
    const turn = (writes.get(key) ?? Promise.resolve()).catch(() => undefined).then(write);
    writes.set(key, turn);
    return turn;
  };
  return {
    get: async (key) => {
      await writes.get(key)?.catch(() => undefined);
      return await storage.get(key);
    },
    set: (key, value) => inTurn(key, () => storage.store(key, value)),
    delete: (key) => inTurn(key, () => storage.delete(key)),
  };
}
