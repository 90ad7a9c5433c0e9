/**
 * The user name that provisioning sends for a user principal name: of a guest, `alias_home.domain#EXT#@tenant`, it is the
 * name at home, `alias@home.domain` (Microsoft Entra: provisioning, known issues; `originalUserPrincipalName` keeps it whole).
 */
export function pushedName(userPrincipalName: string): string {
  const [guest, ...rest] = userPrincipalName.split(/#EXT#/i);
  if (guest === undefined || rest.length === 0) return userPrincipalName;
  const at = guest.lastIndexOf('_');
  return at < 0 ? guest : `${guest.slice(0, at)}@${guest.slice(at + 1)}`;
}
