/**
 * A document without the secrets of a connection, should one have got into it: the stored SCIM token, whatever has the form
 * of an access token, and what follows the word Bearer. The last line of defence: nothing that is kept or seen holds one.
 */
export function withoutSecretsIn(document: string, scimToken: string | undefined): string {
  const known = scimToken === undefined || scimToken === '' ? document : document.replaceAll(scimToken, '…');
  return known
    .replaceAll(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g, '…')
    .replaceAll(/\b(Bearer)\s+[\w.~+/=-]{8,}/gi, '$1 …');
}
