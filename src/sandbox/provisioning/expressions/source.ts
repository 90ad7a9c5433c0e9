import { functions } from './functions.ts';
import type { Node } from './parse.ts';

/** A parsed expression as a schema holds it (Microsoft Graph: attributeMappingSource). */
export interface MappingSource {
  readonly expression: string;
  readonly name: string;
  readonly type: 'Attribute' | 'Constant' | 'Function';
  readonly parameters: readonly { readonly key: string; readonly value: MappingSource }[];
}

/** Turns a parsed expression into Graph's own form. Places left empty are left out, as Graph leaves them out. */
export function mappingSource(node: Node): MappingSource {
  switch (node.kind) {
    case 'attribute':
      return { expression: node.text, name: node.name, type: 'Attribute', parameters: [] };
    case 'call':
      return {
        expression: node.text,
        name: node.name,
        type: 'Function',
        parameters: node.args.flatMap((one, index) =>
          one.kind === 'omitted' ? [] : [{ key: keyOf(node.name, index), value: mappingSource(one) }],
        ),
      };
    case 'comparison':
      return {
        expression: node.text,
        name: node.operator,
        type: 'Function',
        parameters: [
          { key: 'left', value: mappingSource(node.left) },
          { key: 'right', value: mappingSource(node.right) },
        ],
      };
    case 'constant':
      return { expression: node.text, name: node.value, type: 'Constant', parameters: [] };
    case 'omitted':
      return { expression: '', name: '', type: 'Constant', parameters: [] };
  }
}

/** Name of the parameter that an argument fills; repeated ones are numbered: `key1`, `value1`, `key2`. */
function keyOf(name: string, index: number): string {
  const parameters = functions.get(name)?.parameters ?? [];
  const fixed = parameters.findIndex((one) => one.repeats);
  if (fixed < 0 || index < fixed) return parameters[index]?.name ?? `source${index + 1}`;
  const repeated = parameters.filter((one) => one.repeats);
  const at = index - fixed;
  return `${repeated[at % repeated.length]?.name ?? 'source'}${Math.floor(at / repeated.length) + 1}`;
}
