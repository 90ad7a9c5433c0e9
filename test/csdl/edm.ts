import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';

/** A type reference of the schema: `Collection(Edm.String)` is `{ name: 'Edm.String', collection: true }`. */
export interface TypeRef {
  readonly name: string;
  readonly collection: boolean;
  readonly nullable: boolean;
}

export interface Structure {
  readonly kind: 'entity' | 'complex';
  readonly name: string;
  readonly base: string | undefined;
  readonly open: boolean;
  readonly abstract: boolean;
  readonly properties: ReadonlyMap<string, TypeRef>;
  readonly navigation: ReadonlyMap<string, TypeRef>;
}

export interface Enumeration {
  readonly kind: 'enum';
  readonly members: ReadonlySet<string>;
  readonly flags: boolean;
}

/** A bound action or function. */
export interface Operation {
  readonly name: string;
  readonly binding: TypeRef;
  readonly result: TypeRef | undefined;
}

/** Microsoft Graph's schema (OData 4.01 CSDL), as much of it as answers are checked by. */
export interface Edm {
  readonly types: ReadonlyMap<string, Structure | Enumeration>;
  /** By name without namespace. */
  readonly operations: ReadonlyMap<string, readonly Operation[]>;
  /** Entity sets and singletons. */
  readonly roots: ReadonlyMap<string, TypeRef>;
}

/** Where the schema lies, when it does: beside the project. */
export const csdlFile = join(import.meta.dirname, '../../../shared/data/graph-v1.0.csdl.gz');

let known: Edm | undefined;

/** Graph's schema, read once; `undefined` where it isn't there. */
export function graphSchema(): Edm | undefined {
  if (known === undefined && existsSync(csdlFile))
    known = readEdm(gunzipSync(readFileSync(csdlFile)).toString());
  return known;
}

/** An element of the parsed XML: attributes by name, child elements by tag, always as arrays. */
interface Element {
  readonly [tag: string]: readonly Element[] | string | undefined;
}

const elements = new Set(
  [
    'Schema EntityType ComplexType EnumType Property NavigationProperty Member Action Function Parameter ReturnType',
    'EntityContainer EntitySet Singleton DataServices Edmx',
  ].flatMap((names) => names.split(' ')),
);

/** Reads a CSDL document. */
export function readEdm(xml: string): Edm {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseAttributeValue: false,
    isArray: (tag, _path, _leaf, isAttribute) => !isAttribute && elements.has(tag),
  });
  const document = parser.parse(xml) as Element;
  const schemas = children(children(children(document, 'Edmx')[0] ?? {}, 'DataServices')[0] ?? {}, 'Schema');
  const aliases = new Map<string, string>();
  for (const schema of schemas)
    if (schema['@Alias']) aliases.set(text(schema, 'Alias'), text(schema, 'Namespace'));
  const types = new Map<string, Structure | Enumeration>();
  const operations = new Map<string, Operation[]>();
  const roots = new Map<string, TypeRef>();
  for (const schema of schemas) {
    const namespace = text(schema, 'Namespace');
    const local = (element: Element): string => `${namespace}.${text(element, 'Name')}`;
    for (const element of children(schema, 'EnumType'))
      types.set(local(element), {
        kind: 'enum',
        members: new Set(children(element, 'Member').map((member) => text(member, 'Name'))),
        flags: text(element, 'IsFlags') === 'true',
      });
    for (const kind of ['entity', 'complex'] as const)
      for (const element of children(schema, kind === 'entity' ? 'EntityType' : 'ComplexType'))
        types.set(local(element), {
          kind,
          name: local(element),
          base: element['@BaseType'] ? qualified(text(element, 'BaseType'), aliases) : undefined,
          open: text(element, 'OpenType') === 'true',
          abstract: text(element, 'Abstract') === 'true',
          properties: propertiesOf(children(element, 'Property'), aliases),
          navigation: propertiesOf(children(element, 'NavigationProperty'), aliases),
        });
    for (const element of [...children(schema, 'Action'), ...children(schema, 'Function')]) {
      const binding = children(element, 'Parameter')[0];
      if (text(element, 'IsBound') !== 'true' || !binding) continue;
      const result = children(element, 'ReturnType')[0];
      const name = text(element, 'Name');
      operations.set(name, [
        ...(operations.get(name) ?? []),
        {
          name,
          binding: typeRef(binding, 'Type', aliases),
          result: result && typeRef(result, 'Type', aliases),
        },
      ]);
    }
    for (const container of children(schema, 'EntityContainer')) {
      for (const set of children(container, 'EntitySet'))
        roots.set(text(set, 'Name'), { ...typeRef(set, 'EntityType', aliases), collection: true });
      for (const one of children(container, 'Singleton'))
        roots.set(text(one, 'Name'), typeRef(one, 'Type', aliases));
    }
  }
  return { types, operations, roots };
}

function children(element: Element, tag: string): readonly Element[] {
  const found = element[tag];
  return typeof found === 'object' ? found : [];
}

function text(element: Element, attribute: string): string {
  const found = element[`@${attribute}`];
  return typeof found === 'string' ? found : '';
}

function propertiesOf(list: readonly Element[], aliases: ReadonlyMap<string, string>): Map<string, TypeRef> {
  return new Map(list.map((one) => [text(one, 'Name'), typeRef(one, 'Type', aliases)]));
}

function typeRef(element: Element, attribute: string, aliases: ReadonlyMap<string, string>): TypeRef {
  const written = text(element, attribute);
  const [, inner] = /^Collection\((.*)\)$/.exec(written) ?? [];
  return {
    name: qualified(inner ?? written, aliases),
    collection: inner !== undefined,
    nullable: text(element, 'Nullable') !== 'false',
  };
}

function qualified(name: string, aliases: ReadonlyMap<string, string>): string {
  const dot = name.lastIndexOf('.');
  const namespace = name.slice(0, dot);
  return `${aliases.get(namespace) ?? namespace}${name.slice(dot)}`;
}
