/** Lower case without the final dot: the form in which names are kept. */
export function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Whether a name is the zone's apex or below it; everything is below the root, the empty name. */
export function inZone(zone: string, name: string): boolean {
  return zone === '' || name === zone || name.endsWith(`.${zone}`);
}

/** The name itself, its parent, and so on to the top. */
export function ancestors(name: string): string[] {
  const labels = name.split('.');
  return labels.map((_, n) => labels.slice(n).join('.'));
}

/** Top-level names that the root answers for with NXDOMAIN: special use, reserved, or never delegated. */
const undelegated = new Set(
  (
    'local internal alt onion test invalid localhost example corp home mail lan intranet private domain ' +
    'localdomain workgroup'
  ).split(' '),
);

/** Whether the root of the DNS knows that this name's top level does not exist. */
export function isUndelegated(name: string): boolean {
  const top = canonical(name).split('.').at(-1) ?? '';
  return undelegated.has(top);
}
