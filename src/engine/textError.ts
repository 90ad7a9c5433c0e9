import { format, type Text } from '../guide/text.ts';

/** An error that is one sentence for the admin. Told apart by `name`, not by class: rooms are bundled apart. */
export class TextError extends Error {
  readonly text: Text;

  constructor(text: Text) {
    super(format(text));
    this.text = text;
  }
}
