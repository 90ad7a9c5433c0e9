/** Kiro's documentation puts the verification record at this label below the domain, or at the domain itself. */
const recordLabel = 'kiro-app-1';

/** Where Kiro's record may stand, the guide's name first. */
export function recordNames(domain: string): readonly string[] {
  return [`${recordLabel}.${domain}`, domain];
}

/**
 * Names at which a record ends up by mistake: the zone appended to a name that had it already, the name of the value's
 * prefix, another label, the zone in place of the domain.
 */
export function misplacedNames(domain: string, zone: string): readonly string[] {
  const doubled = [...new Set([zone, domain])].flatMap((suffix) => [
    `${recordLabel}.${domain}.${suffix}`,
    `${domain}.${suffix}`,
  ]);
  const labels = [
    'kiro-site-verification',
    '_kiro-site-verification',
    `_${recordLabel}`,
    'kiro-app',
    'kiro-app-2',
    'kiro',
    '_kiro',
    '@',
    'www',
  ];
  const known = recordNames(domain);
  return [...doubled, ...labels.map((label) => `${label}.${domain}`), `${recordLabel}.${zone}`, zone].filter(
    (name) => !known.includes(name) && name.length <= 253,
  );
}
