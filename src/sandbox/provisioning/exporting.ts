import { ExpressionError } from './expressions/value.ts';
import { TARGET } from './outcome.ts';
import type { Outcome, Trace } from './outcome.ts';
import { TargetError } from './targetErrors.ts';

/** How objects are handled in a run. */
export interface ObjectOptions {
  /** Look the object up by its matching attribute even where a link is known. */
  readonly byFilter: boolean;
  /** Throw a refusal of the credentials as `TargetError`; else it is the object's own failure. */
  readonly stopOnCredentials: boolean;
}

/** How a group is handled: with `only`, just these members are added and nobody is removed. */
export interface GroupOptions extends ObjectOptions {
  readonly only?: readonly string[];
}

/** Runs an export and notes its step, whichever way it ends. */
export async function exporting<T>(
  trace: Trace,
  step: string,
  verb: 'create' | 'update' | 'disable' | 'delete',
  work: () => Promise<T>,
): Promise<T> {
  const object = `${trace.kind} '${trace.label}'`;
  try {
    const result = await work();
    trace.step(step, 'export', 'success', `${object} was ${verb}d in ${TARGET}`);
    return result;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    trace.step(step, 'export', 'failure', `Failed to ${verb} ${object} in ${TARGET}; Error: ${why}`);
    throw error;
  }
}

/**
 * Runs the work on one object. Faults of target and mapping become its outcome; a refusal of the credentials is thrown on
 * where the options say so, and anything else always.
 */
export async function attempting(
  trace: Trace,
  options: ObjectOptions,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TargetError) {
      if (error.stopsTheCycle && options.stopOnCredentials) throw error;
      return trace.end('other', 'failure', { errorCode: error.code, reason: error.message });
    }
    if (error instanceof ExpressionError)
      return trace.end('other', 'failure', { errorCode: 'AttributeMappingError', reason: error.message });
    throw error;
  }
}
