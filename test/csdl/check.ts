import type { Edm, TypeRef } from './edm.ts';
import { ancestry, derives, memberOf, resolve } from './resolve.ts';

/** An answer of Microsoft Graph, as much of it as the check needs. */
export interface CheckedAnswer {
  readonly method: string;
  /** Path and query, from `/v1.0` on. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

type Json = Record<string, unknown>;

/**
 * What an answer has that Graph's schema hasn't: one sentence each, none when all is well. Each property must exist
 * and be of its type, members of derived types must say their `@odata.type`, relations stand only where `$expand` asks for them.
 */
export function faultsOf(answer: CheckedAnswer, edm: Edm): string[] {
  const { method, path, status, body } = answer;
  if (status >= 400) return errorFaults(answer);
  if (/\/\$batch(\?|$)/.test(path)) return [];
  const resolved = resolve(edm, method, path);
  if ('fault' in resolved) return [resolved.fault];
  const { type } = resolved;
  if (status === 204 || status === 202) return body === '' ? [] : [`${status} with a body`];
  if (type === 'text') return /^\d+$/.test(body) ? [] : [`$count answers '${body}'`];
  if (type === 'nothing') return [`${status} with a body where nothing is returned`];
  const json: unknown = JSON.parse(body);
  if (!isJson(json)) return ['the body is no JSON object'];
  if (type === 'links') return [];
  const faults = typeof json['@odata.context'] === 'string' ? [] : ['@odata.context is missing'];
  const checker = new Checker(edm, queryOf(path));
  if (type.collection || type.name.startsWith('Edm.')) {
    const { value, ...rest } = json;
    const strange = Object.keys(rest).filter((name) => !name.startsWith('@odata.'));
    if (strange.length > 0) faults.push(`beside the value stands ${strange.join(', ')}`);
    checker.value(value, { ...type, nullable: false }, 'value');
  } else checker.value(json, { ...type, nullable: false }, '');
  return [...faults, ...checker.faults];
}

/** Graph's error envelope: code and message are texts. */
function errorFaults({ status, body }: CheckedAnswer): string[] {
  const json: unknown = JSON.parse(body === '' ? 'null' : body);
  const error = isJson(json) ? json['error'] : undefined;
  if (isJson(error) && typeof error['code'] === 'string' && typeof error['message'] === 'string') return [];
  return [`${status} without Graph's error envelope`];
}

/** Members that answers of the real service hold although the schema hasn't them. */
const captured = new Map([
  // A gallery application's templates: keys begin with a small letter, and there is one more.
  ['microsoft.graph.synchronizationMetadata', /^([a-z]\w+|AzureIngestionAttributeOptimization)$/],
]);

class Checker {
  readonly faults: string[] = [];
  private readonly edm: Edm;
  private readonly expanded: ReadonlySet<string>;
  private readonly delta: boolean;

  constructor(edm: Edm, query: { expanded: ReadonlySet<string>; delta: boolean }) {
    this.edm = edm;
    this.expanded = query.expanded;
    this.delta = query.delta;
  }

  value(value: unknown, type: TypeRef, at: string): void {
    // Graph answers null for what the caller may not see, collections too.
    if (value === null) {
      if (!type.nullable && !type.collection) this.faults.push(`${at} is null`);
    } else if (type.collection) {
      if (Array.isArray(value))
        for (const [index, item] of value.entries())
          this.value(item, { ...type, collection: false, nullable: false }, `${at}[${index}]`);
      else this.faults.push(`${at} is no collection of ${type.name}`);
    } else if (type.name.startsWith('Edm.')) {
      if (!fits(value, type.name)) this.faults.push(`${at} = ${JSON.stringify(value)} is no ${type.name}`);
    } else this.named(value, type.name, at);
  }

  private named(value: unknown, name: string, at: string): void {
    const type = this.edm.types.get(name);
    if (!type) this.faults.push(`${at}: the schema has no ${name}`);
    else if (type.kind === 'enum') {
      const words = typeof value === 'string' ? (type.flags ? value.split(/,\s*/) : [value]) : [];
      const known = (word: string): boolean =>
        type.members.has(word) || captured.get(name)?.test(word) === true;
      if (words.length === 0 || !words.every(known))
        this.faults.push(`${at} = ${JSON.stringify(value)} is no ${name}`);
    } else if (isJson(value)) this.structure(value, name, at);
    else this.faults.push(`${at} = ${JSON.stringify(value)} is no ${name}`);
  }

  private structure(value: Json, declared: string, at: string): void {
    const told = value['@odata.type'];
    const name = typeof told === 'string' ? told.replace(/^#/, '') : declared;
    if (!derives(this.edm, name, declared))
      return void this.faults.push(`${at} is a ${name}, no ${declared}`);
    const types = ancestry(this.edm, name);
    if (types[0]?.abstract) this.faults.push(`${at} doesn't say which ${name} it is`);
    // Directory objects are open for extension properties only; of complex types those without properties are open.
    const open =
      types.some((type) => type.open && type.kind === 'complex') &&
      types.every((type) => type.properties.size === 0);
    for (const [property, part] of Object.entries(value)) {
      const where = `${at === '' ? '' : `${at}.`}${property}`;
      const [subject = ''] = property.split('@');
      if (property.includes('@')) {
        const annotated = subject === '' || memberOf(this.edm, name, subject) !== undefined;
        if (!annotated) this.faults.push(`${where} annotates what ${name} lacks`);
      } else if (!open) this.property(part, { owner: name, property, where });
    }
  }

  private property(value: unknown, place: { owner: string; property: string; where: string }): void {
    const { owner, property, where } = place;
    const plain = memberOf(this.edm, owner, property, ['properties']);
    const relation = memberOf(this.edm, owner, property, ['navigation']);
    if (plain) this.value(value, plain, where);
    else if (!relation) {
      if (!property.startsWith('extension_')) this.faults.push(`${where}: ${owner} has no '${property}'`);
    } else {
      // Relations of complex types, and the directories of a synchronizationSchema, come without being asked for.
      const always =
        owner.endsWith('.synchronizationSchema') || this.edm.types.get(owner)?.kind === 'complex';
      const asked = always || this.expanded.has(property) || this.delta;
      if (!asked) this.faults.push(`${where} is a relation that nobody expanded`);
      this.value(value, relation, where);
    }
  }
}

function fits(value: unknown, type: string): boolean {
  const is = (pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value);
  switch (type) {
    case 'Edm.String':
      return typeof value === 'string';
    case 'Edm.Boolean':
      return typeof value === 'boolean';
    case 'Edm.Guid':
      return is(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
    case 'Edm.Int16':
    case 'Edm.Int32':
    case 'Edm.Int64':
    case 'Edm.Byte':
      return Number.isInteger(value);
    case 'Edm.Double':
    case 'Edm.Single':
    case 'Edm.Decimal':
      return typeof value === 'number';
    case 'Edm.DateTimeOffset':
      return is(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/);
    case 'Edm.Date':
      return is(/^\d{4}-\d\d-\d\d$/);
    case 'Edm.Duration':
      return is(/^-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/);
    case 'Edm.TimeOfDay':
      return is(/^\d\d:\d\d(:\d\d(\.\d+)?)?$/);
    case 'Edm.Binary':
    case 'Edm.Stream':
      return is(/^[A-Za-z0-9+/_-]*={0,2}$/);
    default:
      return type === 'Edm.Untyped';
  }
}

function queryOf(path: string): { expanded: ReadonlySet<string>; delta: boolean } {
  const query = new URLSearchParams(path.split('?')[1] ?? '');
  return {
    expanded: new Set(query.get('$expand')?.match(/\w+/g) ?? []),
    delta: /\/delta(\(\))?(\?|$)/.test(path),
  };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
