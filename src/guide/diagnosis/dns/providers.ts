/** DNS providers by how the host names of their servers end. */
const providers: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)awsdns-\d+\.(com|net|org|co\.uk)$/, 'Amazon Route 53'],
  [/\.azure-dns\.(com|net|org|info)$/, 'Azure DNS'],
  [/\.ns\.cloudflare\.com$/, 'Cloudflare'],
  [/\.domaincontrol\.com$/, 'GoDaddy'],
  [/\.registrar-servers\.com$/, 'Namecheap'],
  [/\.googledomains\.com$/, 'Google Cloud DNS'],
  [/\.digitalocean\.com$/, 'DigitalOcean'],
  [/\.ui-dns\.(com|de|org|biz)$/, 'IONOS'],
  [/\.gandi\.net$/, 'Gandi'],
  [/\.ovh\.(net|ca)$|\.anycast\.me$/, 'OVHcloud'],
  [/\.hetzner\.(com|de)$|\.first-ns\.de$/, 'Hetzner'],
  [/\.dnsimple(-edge)?\.(com|net|org|io)$/, 'DNSimple'],
  [/\.nsone\.net$/, 'NS1'],
  [/\.ultradns\.(com|net|org|biz|info|co\.uk)$/, 'UltraDNS'],
  [/\.akam\.net$/, 'Akamai'],
  [/\.worldnic\.com$/, 'Network Solutions'],
  [/\.wixdns\.net$/, 'Wix'],
  [/\.squarespacedns\.com$/, 'Squarespace'],
  [/\.rzone\.de$/, 'Strato'],
];

/** Servers of parking services and of registrars' holding places for domains that ran out. */
const parking =
  /(^|\.)(sedoparking|parkingcrew|bodis|above|parklogic|afternic|dan|cashparking|uniregistrymarket|pendingrenewaldeletion|renewyourname|suspended-domain|expireddomains)\.(com|net)$/;
/** A label that says it. */
const parkedLabel = /^(park|parked|parking|expired|suspended|onhold)(-|\d|$)/;

/** Whether a name server is one of those that domains are parked at. */
export function isParked(host: string): boolean {
  return parking.test(host) || host.split('.').some((label) => parkedLabel.test(label));
}

/** The provider that all of these name servers belong to, if it is a known one. */
export function providerOf(hosts: readonly string[]): string | undefined {
  const found = new Set(hosts.map((host) => providers.find(([pattern]) => pattern.test(host))?.[1]));
  return found.size === 1 ? [...found][0] : undefined;
}
