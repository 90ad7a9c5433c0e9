import { badRequest } from './errors.ts';
import type { GraphContext } from './context.ts';
import { bodyOf, isJson } from './requestBody.ts';
import type { Json } from './requestBody.ts';

interface Part {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

interface PartAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

const most = 20;

/** Headers of a part's answer that its client may need. */
const keptHeaders = [
  'content-type',
  'retry-after',
  'location',
  'request-id',
  'www-authenticate',
  'x-ms-resource-unit',
  'x-ms-throttle-limit-percentage',
  'x-ms-throttle-scope',
  'x-ms-throttle-information',
];

/**
 * `POST /$batch` (Microsoft Graph: JSON batching): up to 20 requests, each answered for itself; a part whose dependency
 * failed answers 424. The answers come in another order than the requests, as the service warns that they may.
 */
export async function batch(
  c: GraphContext,
  fetch: (request: Request) => Promise<Response>,
): Promise<Response> {
  const parts = partsOf(await bodyOf(c));
  const answers = new Map<string, PartAnswer>();
  const shared = { origin: new URL(c.req.url).origin, authorization: c.req.header('authorization') ?? '' };
  for (const part of parts) {
    const failed = part.dependsOn.some((id) => (answers.get(id)?.status ?? 500) >= 400);
    answers.set(part.id, failed ? failedDependency(part) : await answerOf(part, shared, fetch));
  }
  return c.json({ responses: [...answers.values()].reverse() });
}

async function answerOf(
  part: Part,
  shared: { origin: string; authorization: string },
  fetch: (request: Request) => Promise<Response>,
): Promise<PartAnswer> {
  const headers = new Headers({ ...part.headers, authorization: shared.authorization });
  const hasBody = part.body !== undefined && part.body !== null;
  const response = await fetch(
    new Request(`${shared.origin}/v1.0${part.url.startsWith('/') ? '' : '/'}${part.url}`, {
      method: part.method,
      headers,
      ...(hasBody ? { body: typeof part.body === 'string' ? part.body : JSON.stringify(part.body) } : {}),
    }),
  );
  const kept: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = response.headers.get(name);
    if (value !== null) kept[headerName(name)] = value;
  }
  const text = await response.text();
  const isJsonBody = (response.headers.get('content-type') ?? '').includes('json');
  return {
    id: part.id,
    status: response.status,
    headers: kept,
    ...(text === '' ? {} : { body: isJsonBody ? parsed(text) : text }),
  };
}

/** JSON that a scripted fault breaks off comes as the text that it is: the batch around it stays whole. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function headerName(name: string): string {
  return /^(request-id|x-ms-)/.test(name)
    ? name
    : name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function failedDependency(part: Part): PartAnswer {
  return {
    id: part.id,
    status: 424,
    headers: { 'Content-Type': 'application/json' },
    body: { error: { code: 'FailedDependency', message: 'A request that this one depends on has failed.' } },
  };
}

function partsOf(body: Json): Part[] {
  const requests = body['requests'];
  if (!Array.isArray(requests) || requests.length === 0)
    throw badRequest('Invalid batch payload format: requests are missing.', 'BadRequest');
  if (requests.length > most)
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${most}.`, 'BadRequest');
  const parts = requests.map(partOf);
  const ids = new Set(parts.map((part) => part.id.toLowerCase()));
  if (ids.size < parts.length)
    throw badRequest('The ids of batch requests must be unique, without regard to case.', 'BadRequest');
  checkDependencies(parts);
  return parts;
}

function partOf(request: unknown): Part {
  if (!isJson(request)) throw badRequest('Invalid batch payload format.', 'BadRequest');
  const { id, method, url, headers, body, dependsOn } = request;
  if (typeof id !== 'string' || id === '' || typeof method !== 'string' || typeof url !== 'string')
    throw badRequest('Each batch request needs id, method and url, as strings.', 'BadRequest');
  if (/^https?:/i.test(url) || url.startsWith('/v1.0/'))
    throw badRequest(`The url of batch request '${id}' must be relative, without version.`, 'BadRequest');
  const given = isJson(headers) ? headers : {};
  const texts = Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  const typed = texts.some(([name]) => name.toLowerCase() === 'content-type');
  if (body !== undefined && body !== null && !typed)
    throw badRequest(`Batch request '${id}' has a body and needs a Content-Type header.`, 'BadRequest');
  if (dependsOn !== undefined && !isTexts(dependsOn))
    throw badRequest(`The dependsOn of batch request '${id}' must be an array of ids.`, 'BadRequest');
  return {
    id,
    method: method.toUpperCase(),
    url,
    headers: Object.fromEntries(texts),
    body,
    dependsOn: dependsOn ?? [],
  };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** No dependencies at all, or one serial chain: nothing between is served. */
function checkDependencies(parts: readonly Part[]): void {
  if (parts.every((part) => part.dependsOn.length === 0)) return;
  const chained = parts.every((part, index) => {
    const previous = parts[index - 1];
    return previous === undefined
      ? part.dependsOn.length === 0
      : part.dependsOn.length === 1 && part.dependsOn[0] === previous.id;
  });
  if (!chained)
    throw badRequest(
      'Batch requests must have no dependsOn at all, or each must depend on the one before it.',
      'BadRequest',
    );
}
