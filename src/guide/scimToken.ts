import { verificationPrefix } from './kiro.ts';
import { text, type Text } from './text.ts';

export type ScimTokenResult =
  { readonly ok: true; readonly token: string } | { readonly ok: false; readonly reason: Text };

/** No published limit; a header of this size is refused by common servers. */
const maxLength = 8_192;

/** Reads a pasted SCIM access token; blanks around it are dropped. The reasons never repeat what was pasted. */
export function checkScimToken(pasted: string): ScimTokenResult {
  const token = pasted.trim();
  const reason = faultOf(token);
  return reason === undefined ? { ok: true, token } : { ok: false, reason };
}

function faultOf(token: string): Text | undefined {
  if (token === '') return text('Enter the access token from Kiro settings, Identity management.');
  if (token.includes(verificationPrefix.slice(0, -1))) {
    return text(
      'That is the verification value of a domain. The access token stands under Access tokens in Kiro settings.',
    );
  }
  if (/^https?:\/\//i.test(token)) {
    return text(
      'That is an address, perhaps the SCIM endpoint. The access token is the other value on that page.',
    );
  }
  if (/^bearer\s/i.test(token)) return text('Enter the access token without the word Bearer.');
  if (/[\r\n]/.test(token)) {
    return text(
      'The access token has a line break in it. Copy it again with the copy button in the Kiro console.',
    );
  }
  if (/\s/.test(token)) {
    return text(
      'The access token has a blank in it. Copy it again with the copy button in the Kiro console.',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    return text(
      'The access token has a character in it that cannot be sent. Copy it again from the Kiro console.',
    );
  }
  return token.length > maxLength
    ? text('This is too long for an access token. Copy it again with the copy button in the Kiro console.')
    : undefined;
}
