import type { Change, GraphRequest, Json } from '../guide/change.ts';

/** Changes that one request carries out, in the order of the plan. */
export interface RequestGroup {
  readonly changes: readonly Change[];
  readonly request: GraphRequest;
}

/**
 * Joins consecutive mergeable PATCH requests to one path into one request: Graph keeps what a PATCH leaves out, also
 * inside `api` and `publicClient` (Microsoft Graph: Update application). Foreseen changes are left out.
 */
export function mergeRequests(changes: readonly Change[]): readonly RequestGroup[] {
  const groups: RequestGroup[] = [];
  for (const change of changes) {
    const { request } = change;
    if (request.kind !== 'graph') continue;
    const last = groups.at(-1);
    if (last && canJoin(last.request, request)) {
      groups[groups.length - 1] = {
        changes: [...last.changes, change],
        request: { ...last.request, body: deepMerge(last.request.body ?? {}, request.body ?? {}) },
      };
    } else {
      groups.push({ changes: [change], request });
    }
  }
  return groups;
}

function canJoin(one: GraphRequest, other: GraphRequest): boolean {
  return (
    one.method === 'PATCH' &&
    other.method === 'PATCH' &&
    one.path === other.path &&
    one.mergeable === true &&
    other.mergeable === true
  );
}

function deepMerge(one: Json, other: Json): Json {
  if (!isRecord(one) || !isRecord(other)) return other;
  const merged: Record<string, Json | undefined> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const existing = merged[key];
    merged[key] = existing !== undefined && value !== undefined ? deepMerge(existing, value) : value;
  }
  return merged;
}

function isRecord(value: Json): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
