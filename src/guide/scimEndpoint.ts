import { scimRegions, type KiroRegion } from './kiro.ts';
import type { Snapshot } from './snapshot.ts';
import { text, type Text } from './text.ts';

export type ScimEndpointResult =
  | {
      readonly ok: true;
      /** Without trailing slash, ends in `/scim/v2`. */
      readonly endpoint: string;
      /** Region of the Kiro profile; absent for a sandbox. */
      readonly region?: KiroRegion;
    }
  | { readonly ok: false; readonly reason: Text };

const path = /^\/[A-Za-z0-9-]+\/scim\/v2$/;

/**
 * Reads a pasted SCIM endpoint. A token is sent only to what this accepts: for a tenant
 * `https://scim.<us-east-1|eu-central-1>.amazonaws.com/<id>/scim/v2`, for a sandbox an endpoint at the sandbox's own origin.
 * Blanks around it and a trailing slash are put right; anything else is refused with one sentence.
 */
export function checkScimEndpoint(
  pasted: string,
  connection: Pick<Snapshot, 'kind' | 'sandboxScimOrigin'>,
): ScimEndpointResult {
  const typed = pasted.trim();
  if (typed === '') return refuse(text('Enter the SCIM endpoint from Kiro settings, Identity management.'));
  const url = URL.parse(typed);
  if (url === null) {
    return /^[a-z0-9.-]+\.amazonaws\.com\//i.test(typed)
      ? refuse(text('The SCIM endpoint starts with https://. Copy the whole address from Kiro settings.'))
      : refuse(
          text('This is not an address. Copy the SCIM endpoint from Kiro settings, Identity management.'),
        );
  }
  if (url.username !== '' || url.password !== '') {
    return refuse(text('The SCIM endpoint has no user name or password in it. Copy it from Kiro settings.'));
  }
  const endpointPath = url.pathname.replace(/\/+$/, '');
  const region = regionOf(url, connection);
  if (region === undefined) return refuse(otherHost(url, connection));
  if (url.search !== '' || url.hash !== '') {
    return refuse(text('The SCIM endpoint ends in /scim/v2. Remove what follows after “{0}”.', endpointPath));
  }
  if (!path.test(endpointPath)) {
    return refuse(
      text(
        'The path “{0}” is not that of a SCIM endpoint, which is /<id>/scim/v2. Copy the whole address.',
        url.pathname,
      ),
    );
  }
  const endpoint = `${url.origin}${endpointPath}`;
  return region === 'sandbox' ? { ok: true, endpoint } : { ok: true, endpoint, region };
}

function refuse(reason: Text): ScimEndpointResult {
  return { ok: false, reason };
}

function regionOf(
  url: URL,
  { kind, sandboxScimOrigin }: Pick<Snapshot, 'kind' | 'sandboxScimOrigin'>,
): KiroRegion | 'sandbox' | undefined {
  if (kind === 'sandbox') return url.origin === sandboxScimOrigin ? 'sandbox' : undefined;
  if (url.protocol !== 'https:' || url.port !== '') return undefined;
  return scimRegions.find((region) => url.hostname === scimHost(region));
}

/** The host name of Kiro's SCIM endpoint in a region. */
export function scimHost(region: KiroRegion): string {
  return `scim.${region}.amazonaws.com`;
}

function otherHost(
  url: URL,
  { kind, sandboxScimOrigin }: Pick<Snapshot, 'kind' | 'sandboxScimOrigin'>,
): Text {
  if (kind === 'sandbox') {
    return sandboxScimOrigin === undefined
      ? text('The sandbox is not running. Start it, then copy the SCIM endpoint from its console page.')
      : text('In the sandbox the SCIM endpoint is at {0}, not at {1}.', sandboxScimOrigin, url.host);
  }
  if (url.protocol !== 'https:') {
    return text('The SCIM endpoint starts with https://, so that the token is sent encrypted.');
  }
  const region = /^scim\.([a-z0-9-]+)\.amazonaws\.com$/.exec(url.hostname)?.[1];
  if (region !== undefined && url.port === '') {
    return text('Kiro has no SCIM endpoint in {0}, only in us-east-1 and eu-central-1.', region);
  }
  return text(
    '{0} is not Kiro’s SCIM host, so no token is sent there. It looks like scim.us-east-1.amazonaws.com or scim.eu-central-1.amazonaws.com.',
    url.host,
  );
}
