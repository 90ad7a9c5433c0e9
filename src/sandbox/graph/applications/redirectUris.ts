import type { GraphObject } from '../../state.ts';
import { badRequest } from '../errors.ts';
import { isJson } from '../requestBody.ts';

const platforms = ['web', 'spa', 'publicClient'] as const;
type Platform = (typeof platforms)[number];

/** Checks the redirect URIs of all platforms (Microsoft identity platform: redirect URI restrictions and limitations). */
export function checkRedirectUris(application: GraphObject): void {
  const seen = new Set<string>();
  for (const platform of platforms) {
    for (const uri of redirectUris(application, platform)) {
      checkUri(uri, platform);
      if (seen.has(uri)) throw invalid(platform, `'${uri}' is listed more than once.`);
      seen.add(uri);
    }
  }
  if (seen.size > 256) throw badRequest('The number of redirect URIs exceeds the limit of 256.');
}

function redirectUris(application: GraphObject, platform: Platform): string[] {
  const settings = application[platform];
  const uris = isJson(settings) ? settings['redirectUris'] : [];
  if (!Array.isArray(uris) || !uris.every((uri) => typeof uri === 'string'))
    throw invalid(platform, 'a collection of strings was expected.');
  return uris;
}

function checkUri(uri: string, platform: Platform): void {
  if (uri.length > 256) throw invalid(platform, `'${uri}' is longer than 256 characters.`);
  if (/[!$'(),;\s#]/.test(uri)) throw invalid(platform, `'${uri}' holds a character that isn't supported.`);
  const [, scheme] = /^([a-z][a-z0-9+.-]*):./i.exec(uri) ?? [];
  if (scheme === undefined) throw invalid(platform, `'${uri}' isn't an absolute URI.`);
  const web = /^https?$/i.test(scheme);
  if (web && !URL.canParse(uri)) throw invalid(platform, `'${uri}' isn't a valid URI.`);
  if (/^http$/i.test(scheme) && !['localhost', '127.0.0.1'].includes(new URL(uri).hostname))
    throw invalid(platform, `'${uri}' must start with 'https' or 'http://localhost'.`);
  if (!web && platform !== 'publicClient' && !(platform === 'web' && /^urn$/i.test(scheme)))
    throw invalid(platform, `'${uri}' has a scheme that only mobile and desktop applications may use.`);
}

function invalid(platform: Platform, why: string): Error {
  return badRequest(`Invalid value specified for property 'redirectUris' of '${platform}': ${why}`);
}
