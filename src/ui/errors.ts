import { explainOwnSignIn } from '../guide/diagnosis/ownSignIn.ts';
import type { Text } from '../guide/text.ts';

/** The admin closed a box or pressed Cancel: nothing went wrong and nothing is said. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Whether this is somebody's wish to stop: ours, an aborted signal, VS Code's own cancellation, a closed sign-in. */
export function isCancelled(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'SignInError') return 'reason' in error && error.reason === 'cancelled';
  return ['Cancelled', 'AbortError', 'Canceled'].includes(error.name);
}

/** Whether an administrator has to consent before the sign-in can give this token. */
export function needsConsent(error: unknown): boolean {
  return (
    error instanceof Error && error.name === 'SignInError' && 'reason' in error && error.reason === 'consent'
  );
}

/** The sentence for an error, if there is one that can be translated: the engine's own, or what a failed sign-in means. */
export function textOf(error: unknown): Text | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'SignInError' && 'reason' in error && typeof error.reason === 'string') {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    return explainOwnSignIn({ reason: error.reason, code });
  }
  if (!('text' in error)) return undefined;
  const { text } = error;
  return typeof text === 'object' && text !== null && 'message' in text && 'args' in text
    ? (text as Text)
    : undefined;
}

/** One sentence for a message box; whatever was thrown, never `[object Object]` and never more than one line. */
export function sentenceOf(error: unknown, otherwise: string): string {
  const said = error instanceof Error ? error.message : typeof error === 'string' ? error : '';
  const line = said.split('\n')[0]?.trim() ?? '';
  return line === '' ? otherwise : line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

/** What the log says of an error: its name, message and stack, and those of its causes. */
export function logLines(error: unknown): string {
  const lines: string[] = [];
  for (
    let at: unknown = error;
    at !== undefined && lines.length < 5;
    at = at instanceof Error ? at.cause : undefined
  ) {
    lines.push(at instanceof Error ? (at.stack ?? `${at.name}: ${at.message}`) : typeof at);
  }
  return lines.join('\nCaused by ');
}
