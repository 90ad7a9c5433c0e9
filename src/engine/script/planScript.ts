import type { GraphRequest, Json, Plan } from '../../guide/change.ts';
import { format } from '../../guide/text.ts';
import { mergeRequests } from '../mergeRequests.ts';

/** A plan as a list of requests, from which every kind of script is written. */
export interface PlanScript {
  readonly step: number;
  /** Delegated permissions of Microsoft Graph that the requests need. */
  readonly scopes: readonly string[];
  readonly requests: readonly ScriptRequest[];
  /** What can't be written down yet, since it needs what these requests make: titles of the changes. */
  readonly later: readonly string[];
  /** Whether the script asks for Kiro's SCIM token when it runs. */
  readonly asksForToken: boolean;
}

export interface ScriptRequest {
  /** One line. */
  readonly title: string;
  readonly method: GraphRequest['method'];
  /** Relative to the version root. */
  readonly path: string;
  /** JSON over several lines, in which {@link tokenPlaceholder} stands for Kiro's SCIM token. */
  readonly body?: string;
  /** May be sent again after a fault in between without doing it twice. */
  readonly repeatable: boolean;
  /** The status says nothing, the answer has to be read: provisioning on demand. */
  readonly readAnswer: boolean;
}

export const tokenPlaceholder = '__SCIM_TOKEN__';

/**
 * What can be sent now, in the order of the plan, as the same requests that applying it would send. What depends on
 * their answers is named in `later`: whoever ran the script looks again and writes the next one. No secret is in it.
 */
export function planScript(plan: Plan): PlanScript {
  const requests = mergeRequests(plan.changes).map(({ changes, request }): ScriptRequest => {
    const body = request.body === undefined ? undefined : withPlaceholder(request.body);
    return {
      title: oneLine(changes.map(({ title }) => format(title)).join(', ')),
      method: request.method,
      path: request.path,
      ...(body !== undefined && { body: JSON.stringify(body, undefined, 2) }),
      repeatable: request.method !== 'POST',
      readAnswer: request.answer === 'provisionOnDemand',
    };
  });
  const concrete = plan.changes.filter(({ request }) => request.kind === 'graph');
  return {
    step: plan.step,
    scopes: [...new Set(concrete.flatMap(({ scopes }) => scopes))].sort(),
    requests,
    later: plan.changes
      .filter(({ request }) => request.kind === 'later')
      .map(({ title }) => oneLine(format(title))),
    asksForToken: requests.some(({ body }) => body?.includes(tokenPlaceholder) === true),
  };
}

function withPlaceholder(body: Json): Json {
  if (Array.isArray(body)) return body.map((item: Json) => withPlaceholder(item));
  if (typeof body !== 'object' || body === null) return body;
  const record = body as { readonly [key: string]: Json | undefined };
  if (typeof record['$secret'] === 'string') return tokenPlaceholder;
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      value === undefined ? undefined : withPlaceholder(value),
    ]),
  );
}

/** The comment above a request, in both shells. */
export function titleLines({ title, readAnswer }: ScriptRequest): readonly string[] {
  const read = '# It answers 200 whatever happened: read in the answer whether the person was exported.';
  return [`# ${title}`, ...(readAnswer ? [read] : [])];
}

/** The comment at the end, in both shells: what can't be written down yet. */
export function laterLines({ later }: PlanScript): readonly string[] {
  if (later.length === 0) return [];
  return [
    '# Not here yet, since it needs the answers to the above. Check again in Kiro Connect, then export the next script:',
    ...later.map((title) => `# - ${title}`),
  ];
}

/** Names in a title come from the tenant: none may end the comment that it stands in. */
function oneLine(title: string): string {
  return title.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
