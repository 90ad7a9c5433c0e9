import type { Text } from '../../guide/text.ts';

/** Writes values and sentences for a document. */
export interface Writing {
  /** Untrusted words in prose. */
  readonly value: (words: string) => string;
  /** Untrusted words as code. */
  readonly code: (words: string) => string;
  readonly say: (text: Text) => string;
}
