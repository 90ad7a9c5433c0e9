import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { SandboxLine } from '../../src/sandbox/line.ts';

export type Json = Record<string, unknown>;

/** What a server of the sandbox answered. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Json;
}

/** A sandbox tenant as a process of its own, by https. */
export interface Sandbox {
  readonly line: SandboxLine & { readonly caFile: string };
  /** Calls Graph as the Global Administrator; `path` begins with a slash. */
  graph(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Calls the control server. */
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Calls an action of Kiro's console. Throws what it refuses. */
  console(action: string, fields: Readonly<Record<string, string>>): Promise<Json>;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');

/**
 * Starts the sandbox with `--https` and these options more. This process trusts its certificate authority from then on;
 * other programs get it as `line.caFile`. Rejects with what the sandbox said when it ends before its first line.
 */
export async function startSandbox(...options: readonly string[]): Promise<Sandbox> {
  const child = spawn(
    process.execPath,
    ['src/sandbox/cli.ts', '--json', '--https', '--parent-pipe', ...options],
    { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const exited = once(child, 'exit');
  const [text] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(() => {
      throw new Error(said);
    }),
  ])) as [string];
  const line = JSON.parse(text) as Sandbox['line'];
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(line.caFile, 'utf8')]);
  return {
    line,
    graph: (method, path, body) =>
      send(line.graph + path, method, body, { authorization: `Bearer ${line.accessToken}` }),
    control: (method, path, body) => send(line.control + path, method, body),
    console: async (action, fields) => {
      const answer = await send(`${line.console}/${action}`, 'POST', fields, { accept: 'application/json' });
      if (answer.status !== 200) throw new Error(`Kiro's console refused: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

/** Sends JSON, and reads JSON or nothing. */
export async function send(
  url: string,
  method: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const contentType = response.headers.get('content-type') ?? '';
  return {
    status: response.status,
    contentType,
    body: contentType.includes('json') ? (JSON.parse(text) as Json) : {},
  };
}

/** The part of a JSON value that a path such as `value/0/id` names. */
export function at(value: unknown, path: string): unknown {
  return path.split('/').reduce<unknown>((part, name) => {
    return typeof part === 'object' && part !== null ? (part as Json)[name] : undefined;
  }, value);
}

/** The same as text; throws when there is none. */
export function text(value: unknown, path: string): string {
  const found = at(value, path);
  if (typeof found !== 'string') throw new Error(`There is no text at ${path} of ${JSON.stringify(value)}`);
  return found;
}

/** The same as a list of objects; throws when there is none. */
export function list(value: unknown, path: string): Json[] {
  const found = at(value, path);
  if (!Array.isArray(found)) throw new Error(`There is no list at ${path} of ${JSON.stringify(value)}`);
  return found as Json[];
}
