import type { KeyValue, Lines, Secrets } from '../../engine/ports.ts';

/*
 * What is kept for a sandbox connection lives as long as the sandbox's process and is nowhere else: the next sandbox is
 * another tenant, and no token of one ever meets the other.
 */

export function memoryKeyValue(): KeyValue {
  const values = new Map<string, unknown>();
  return {
    get: (key) => values.get(key),
    set: async (key, value) => {
      values.set(key, value);
    },
  };
}

export function memorySecrets(): Secrets {
  const values = new Map<string, string>();
  return {
    get: async (key) => values.get(key),
    set: async (key, value) => {
      values.set(key, value);
    },
    delete: async (key) => {
      values.delete(key);
    },
  };
}

export function memoryLines(): Lines {
  const lines: string[] = [];
  return {
    append: async (line) => {
      lines.push(line);
    },
    read: async () => [...lines],
  };
}
