import { format, type Text } from '../guide/text.ts';

/** What was entered can't be used; `text` is the one sentence for the admin. Nothing was stored. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  readonly text: Text;

  constructor(text: Text) {
    super(format(text));
    this.text = text;
  }
}

/** By property, not by class: rooms are bundled apart. */
export function isBadInput(error: unknown): error is BadInput {
  return error instanceof Error && error.name === 'BadInput' && 'text' in error;
}
