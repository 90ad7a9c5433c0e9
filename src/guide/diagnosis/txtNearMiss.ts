import { verificationPrefix } from '../kiro.ts';
import { text, type Text } from '../text.ts';

export interface NearMiss {
  readonly kind: 'altered' | 'stale';
  readonly label: Text;
  readonly evidence: Text;
  readonly remedy: Text;
}

/** Quotation marks of any kind, and blanks and marks that can't be seen. */
const quotes = /["“”„'‘’`\\]/gu;
const blanks = /[\s\u00ad\u200b-\u200f\u2060\ufeff]/gu;

/**
 * How a TXT value that stands in DNS misses the wanted one, told for the name it stands at; `undefined` if it has nothing
 * to do with it.
 */
export function nearMiss(found: string, wanted: string): ((name: string) => NearMiss) | undefined {
  const remedy = text('Enter exactly the value to copy.');
  if (found.replace(quotes, '') === wanted) {
    return (name) => ({
      kind: 'altered',
      label: text('quotation marks in the value'),
      evidence: text('The value at {0} has quotation marks in it.', name),
      remedy: text('Enter the value without quotation marks; this DNS provider adds them itself.'),
    });
  }
  const cleaned = found.replace(quotes, '').replace(blanks, '');
  if (cleaned === wanted) {
    return (name) => ({
      kind: 'altered',
      label: text('blank in the value'),
      evidence: text('The value at {0} has a blank or an invisible character in it.', name),
      remedy,
    });
  }
  if (cleaned.toLowerCase() === wanted.toLowerCase()) {
    return (name) => ({
      kind: 'altered',
      label: text('upper case in the value'),
      evidence: text('The value at {0} differs in upper and lower case.', name),
      remedy,
    });
  }
  const id = wanted.slice(verificationPrefix.length);
  if (cleaned === id || cleaned === `kiro-site-verification:${id}`) {
    return (name) => ({
      kind: 'altered',
      label: text('prefix missing in the value'),
      evidence: text('The value at {0} does not start with {1}.', name, verificationPrefix),
      remedy,
    });
  }
  return cleaned.toLowerCase().startsWith(verificationPrefix)
    ? (name) => ({
        kind: 'stale',
        label: text('another value of Kiro'),
        evidence: text('At {0} stands another value of Kiro, perhaps from an earlier attempt.', name),
        remedy: text(
          'Replace it with the value to copy, or enter the value that the Kiro console shows now.',
        ),
      })
    : undefined;
}
