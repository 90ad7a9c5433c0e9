import { randomUUID } from 'node:crypto';
import { matchingAttributes } from './mapping.ts';
import type { Rule } from './mapping.ts';
import type { Target } from './target.ts';
import { scimCodes, TargetError } from './targetErrors.ts';

/**
 * The search by which Entra tests a connection: for a user, and for a group where groups are mapped, whose matching
 * attribute is a random GUID. It must be answered with an empty list; anything else is a `TargetError` that stops the cycle.
 */
export async function testConnection(target: Target, rule: Rule): Promise<void> {
  const sides = [
    ['Users', rule.user],
    ['Groups', rule.group],
  ] as const;
  for (const [endpoint, mapping] of sides) {
    const attribute = mapping && matchingAttributes(mapping)[0]?.target;
    if (attribute === undefined) continue;
    try {
      const found = await target.find(endpoint, attribute, randomUUID());
      if (found.length > 0)
        throw new TargetError(
          200,
          scimCodes.incompatible,
          `A search in ${endpoint} for a value that nobody has found ${found.length} entries.`,
        );
    } catch (error) {
      // Any refusal here means that nothing else can be asked.
      if (error instanceof TargetError) throw new TargetError(error.status, error.code, error.message, true);
      throw error;
    }
  }
}
