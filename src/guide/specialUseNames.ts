import { text, type Text } from './text.ts';

/** Top-level names that no public DNS look-up finds, by the document that says so. */
const special: Readonly<Record<string, string>> = {
  local: 'RFC 6762',
  localhost: 'RFC 6761',
  test: 'RFC 6761',
  example: 'RFC 6761',
  invalid: 'RFC 6761',
  onion: 'RFC 7686',
  alt: 'RFC 9476',
  internal: 'ICANN, 2024',
  corp: 'ICANN, 2018',
  home: 'ICANN, 2018',
  mail: 'ICANN, 2018',
};

/** Never delegated, yet common inside companies. */
const privateByHabit: readonly string[] = [
  'lan',
  'intranet',
  'private',
  'domain',
  'localdomain',
  'workgroup',
];

/** Reserved for documentation, with servers but nobody's to verify (RFC 2606). */
const documentation: readonly string[] = ['example.com', 'example.net', 'example.org'];

/** Both ways around a private name (Kiro's guide, "Workarounds for private or internal domains"). */
export const publicInstead: Text = text(
  'Enter a public domain or subdomain that you control, or the public domain of the e-mail addresses that people type; your own network may keep its private name.',
);

const microsofts: readonly string[] = ['onmicrosoft.com', 'onmicrosoft.us', 'partner.onmschina.cn'];

/** Second-level public suffixes that are often typed by mistake; the top-level ones have no dot and are caught before. */
const publicSuffixes: readonly string[] = ['co.uk', 'com.au', 'co.jp', 'com.br', 'co.nz', 'co.za', 'com.mx'];

/** Why nobody can verify this name by public DNS, or `undefined`. `name` is lower case and has a dot in it. */
export function specialUseReason(name: string): Text | undefined {
  const top = name.slice(name.lastIndexOf('.') + 1);
  const source = special[top];
  if (source !== undefined) {
    return text(
      '.{0} is reserved for private use ({1}), so Kiro’s public look-up never finds it. {2}',
      top,
      source,
      publicInstead,
    );
  }
  if (privateByHabit.includes(top)) {
    return text(
      '.{0} is not a public top-level domain, so Kiro’s look-up never finds it. {1}',
      top,
      publicInstead,
    );
  }
  if (top === 'arpa') {
    return text(
      '{0} belongs to the infrastructure of the Internet (RFC 8375, RFC 3172). Enter a domain of your own.',
      name,
    );
  }
  if (microsofts.some((zone) => within(name, zone))) {
    return text('{0} lies in Microsoft’s zone, where you cannot add a record. Enter a custom domain.', name);
  }
  if (documentation.some((zone) => within(name, zone))) {
    return text('{0} is reserved for documentation (RFC 2606). Enter a domain of your own.', name);
  }
  return publicSuffixes.includes(name)
    ? text('{0} is a public suffix, not a domain of your own. Enter the whole name.', name)
    : undefined;
}

function within(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}
