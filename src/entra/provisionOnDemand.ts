/** What provisioning on demand really did. The HTTP status is 200 whatever happened. */
export interface ProvisionOnDemandResult {
  /** Never `success` unless the answer says so. */
  readonly result: 'success' | 'skipped' | 'failure';
  /** For example `RedundantExport` or `NotEffectivelyEntitled`. */
  readonly errorCode?: string;
  readonly message?: string;
  /** What was done to the record, for example `Create`, `Update` or `Disable`. */
  readonly action?: string;
  readonly steps: readonly ProvisioningStep[];
}

export interface ProvisioningStep {
  readonly name: string;
  readonly status: string;
  readonly description: string;
}

/**
 * Reads the answer of Microsoft Graph's synchronizationJob: provisionOnDemand in both of its historic shapes, and
 * plain text: `{ key, value }` where both are JSON in strings (a result and one report), or where the key is the name
 * of a type and the value holds a list of reports. Anything that doesn't prove a success or a skip is a failure.
 */
export function parseProvisionOnDemand(body: unknown): ProvisionOnDemandResult {
  const key = decoded(property(body, 'key'));
  const value = decoded(property(body, 'value'));
  const reports = (Array.isArray(value) ? value.map(decoded) : [value]).filter(isObject);
  const steps = reports.flatMap(stepsOf);
  const status = reports.map((report) => property(report, 'statusInfo')).find(isObject);
  const details = property(key, 'details');
  const said = text(property(key, 'result')) ?? text(property(status, 'status'));
  const action = reports.map((report) => text(property(report, 'action'))).find((one) => one !== undefined);
  const failed = steps.find((step) => step.status.toLowerCase() === 'failure');
  const errorCode = text(property(details, 'errorCode')) ?? text(property(status, 'errorCode'));
  const message =
    text(property(details, 'errorMessage')) ??
    text(property(status, 'reason')) ??
    failed?.description ??
    (steps.length > 0 ? undefined : isObject(body) ? (text(key) ?? text(value)) : text(body));
  return {
    result: said === undefined ? resultOfSteps(steps) : resultOfWord(said),
    ...(errorCode !== undefined && { errorCode }),
    ...(message !== undefined && { message }),
    ...(action !== undefined && { action }),
    steps,
  };
}

function resultOfWord(word: string): ProvisionOnDemandResult['result'] {
  const known = word.toLowerCase();
  return known === 'success' || known === 'skipped' ? known : 'failure';
}

/** The list shape states no result of its own: a success is an export that went through, with no step that failed. */
function resultOfSteps(steps: readonly ProvisioningStep[]): ProvisionOnDemandResult['result'] {
  const statuses = steps.map((step) => step.status.toLowerCase());
  if (statuses.some((status) => status !== 'success' && status !== 'skipped')) return 'failure';
  if (statuses.includes('skipped')) return 'skipped';
  return steps.some((step) => step.name.startsWith('EntryExport')) ? 'success' : 'failure';
}

function stepsOf(report: object): ProvisioningStep[] {
  const steps = property(report, 'provisioningSteps');
  if (!Array.isArray(steps)) return [];
  return steps.filter(isObject).map((step) => ({
    name: text(property(step, 'name')) ?? '',
    status: text(property(step, 'status')) ?? '',
    description: text(property(step, 'description')) ?? '',
  }));
}

/** JSON in a string, opened; other text stays what it is. */
function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    const inner: unknown = JSON.parse(value);
    return inner;
  } catch {
    return value;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function property(value: unknown, key: string): unknown {
  const entry: unknown = isObject(value) ? Reflect.get(value, key) : undefined;
  return entry;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
