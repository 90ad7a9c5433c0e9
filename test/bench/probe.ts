import { readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import fs from 'node:fs';
import { join, sep } from 'node:path';
import { setTimeout as idle } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as vscode from 'vscode';

/** What one start of the extension host showed. */
export interface Reading {
  readonly ms: number;
  readonly emptyMs: number;
  /** Bytes read from the extension's folder until `activate()` resolved. */
  readonly bytes: number;
  readonly files: readonly string[];
}

/**
 * Runs as the "suite" of an extension host in which no view is open: waits until it idles, then times the activation of
 * the extension and of an empty one, the empty one first in every other run, and counts what is read from disk.
 */
export async function run(): Promise<void> {
  const subject = extension('kiro-connect.kiro-connect-entra');
  const empty = extension('kiro-connect.empty');
  if (subject.isActive || empty.isActive) throw new Error('An extension was active before the measurement');
  await idle(4000);
  if (subject.isActive) throw new Error('The extension activated by itself');
  const out = process.env['KIRO_CONNECT_BENCH'] ?? '';
  const round = readdirSync(out).length;
  const read = watchReads(realpathSync(subject.extensionPath) + sep);
  const emptyFirst = round % 2 === 0 ? await time(empty) : undefined;
  const ms = await time(subject);
  const files = read();
  const emptyMs = emptyFirst ?? (await time(empty));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const reading: Reading = { ms, emptyMs, bytes, files };
  writeFileSync(join(out, `${round}.json`), JSON.stringify(reading));
}

function extension(id: string): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(id);
  if (!found) throw new Error(`${id} is not there`);
  return found;
}

async function time(subject: vscode.Extension<unknown>): Promise<number> {
  const started = performance.now();
  await subject.activate();
  return performance.now() - started;
}

/** Files of a folder that are read from now on: modules that get loaded, and whole files read through `fs`. */
function watchReads(folder: string): () => readonly string[] {
  const seen = new Set<string>();
  const note = (path: unknown): void => {
    const name = path instanceof URL ? fileURLToPath(path) : path;
    if (typeof name === 'string' && name.startsWith(folder)) seen.add(name);
  };
  const restore = [
    noteCalls(fs, 'readFile', note),
    noteCalls(fs, 'readFileSync', note),
    noteCalls(fs, 'createReadStream', note),
    noteCalls(fs.promises, 'readFile', note),
  ];
  return () => {
    for (const undo of restore) undo();
    Object.keys(require.cache).forEach(note);
    return [...seen];
  };
}

/** Tells the first argument of each call, then makes it. Answers with what puts the method back. */
function noteCalls<Name extends string>(
  owner: Record<Name, (...args: never[]) => unknown>,
  name: Name,
  note: (argument: unknown) => void,
): () => void {
  const method = owner[name];
  owner[name] = (...args: never[]): unknown => {
    note(args[0]);
    return method(...args);
  };
  return () => {
    owner[name] = method;
  };
}
