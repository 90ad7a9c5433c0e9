import { verificationPrefix } from './kiro.ts';
import { text, type Text } from './text.ts';

export type VerificationValueResult =
  | {
      readonly ok: true;
      /** The whole TXT value, `kiro-site-verification=<uuid>`. */
      readonly value: string;
    }
  | { readonly ok: false; readonly reason: Text };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Blanks and marks that can't be seen: zero width, no-break, soft hyphen, byte order mark. */
const invisible = /[\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]/u;

/**
 * Reads a pasted TXT value (form seen in kirodotdev/Kiro issue 6167). Blanks around it are dropped, nothing else: values
 * are compared byte by byte, and a value without Kiro's prefix may be another service's.
 */
export function checkVerificationValue(pasted: string): VerificationValueResult {
  const value = pasted.replace(/^\s+|\s+$/gu, '');
  const reason = faultOf(value);
  return reason === undefined ? { ok: true, value } : { ok: false, reason };
}

function faultOf(value: string): Text | undefined {
  if (value === '') return text('Enter the verification value that Kiro shows for the domain.');
  if (invisible.test(value)) {
    return text(
      'The value has an invisible character in it. Copy it again with the copy button in the Kiro console.',
    );
  }
  if (/["“”„'‘’`]/u.test(value)) {
    return text('The value stands without quotation marks. Remove them.');
  }
  if (/\s/u.test(value))
    return text('The value has a blank or line break in it. Copy it again from the Kiro console.');
  if (uuid.test(value.toLowerCase())) {
    return text(
      'The prefix is missing. The whole value is {0}',
      `${verificationPrefix}${value.toLowerCase()}`,
    );
  }
  if (!value.startsWith(verificationPrefix)) {
    return value.toLowerCase().startsWith(verificationPrefix)
      ? text('The value is written in lower case: {0}…', verificationPrefix)
      : text(
          'A value of Kiro starts with {0}. This may be the value of another service.',
          verificationPrefix,
        );
  }
  const id = value.slice(verificationPrefix.length);
  if (uuid.test(id)) return undefined;
  return uuid.test(id.toLowerCase())
    ? text('After {0} the value is lower case. Copy it again from the Kiro console.', verificationPrefix)
    : text('After {0} follow 36 characters in five groups. Copy the whole value again.', verificationPrefix);
}
