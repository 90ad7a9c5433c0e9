import { TextError } from './textError.ts';

/** What was entered can't be used; `text` is the one sentence for the admin. Nothing was stored. */
export class BadInput extends TextError {
  override readonly name = 'BadInput';
}

/** By property, not by class: rooms are bundled apart. */
export function isBadInput(error: unknown): error is BadInput {
  return error instanceof Error && error.name === 'BadInput' && 'text' in error;
}
