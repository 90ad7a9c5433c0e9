/**
 * The path that routes are matched by: without version and `myorganization/`, and with key predicates as a segment
 * of their own, so that `/v1.0/applications(appId='x')` matches `/applications/:id` with `appId='x'`.
 */
export function routePath(request: Request): string {
  const { pathname } = new URL(request.url);
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    path = pathname;
  }
  return path
    .replace(/^\/v1\.0(?=\/|$)/, '')
    .replace(/^\/myorganization(?=\/)/i, '')
    .replace(/(\w)\(([^()]*)\)(?=\/|$)/g, '$1/$2')
    .replace(/(.)\/$/, '$1');
}

/** A key segment: an object id, or an alternate key such as `appId='…'`. */
export function keyOf(segment: string): { readonly by: 'id' | 'appId'; readonly value: string } {
  const [, alternate] = /^appId='([^']*)'$/i.exec(segment) ?? [];
  if (alternate !== undefined) return { by: 'appId', value: alternate.toLowerCase() };
  const [, quoted] = /^'([^']*)'$/.exec(segment) ?? [];
  return { by: 'id', value: (quoted ?? segment).toLowerCase() };
}
