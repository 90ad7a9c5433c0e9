import { Hono } from 'hono';
import { functions } from '../../provisioning/expressions/functions.ts';
import { scopeOperators } from '../../provisioning/scopingFilter.ts';
import { metadata } from '../context.ts';
import type { GraphContext, GraphDeps, GraphEnv } from '../context.ts';
import { checkOptions } from '../odata/options.ts';
import type { Entity } from '../odata/rows.ts';
import { allow, needs } from '../permissions.ts';
import { bodyOf } from '../requestBody.ts';
import { parseExpression } from './parseExpression.ts';

/**
 * What helps to write a schema, below the schema of a job or of a template: `functions`, `filterOperators` and
 * `parseExpression` (Microsoft Graph: synchronizationSchema). `demand` throws 404 where the path names nothing.
 */
export function schemaRoutes(
  deps: GraphDeps,
  base: string,
  demand: (c: GraphContext) => void,
): Hono<GraphEnv> {
  const routes = new Hono<GraphEnv>();
  const write = allow(needs.writeSynchronization);
  const list = (c: GraphContext, type: string, value: unknown[]): Response => {
    demand(c);
    checkOptions(c.req.query(), []);
    return c.json({ '@odata.context': metadata(deps, `Collection(microsoft.graph.${type})`), value });
  };
  for (const brackets of ['', '()']) {
    routes.get(`${base}/schema/functions${brackets}`, write, (c) =>
      list(c, 'attributeMappingFunctionSchema', functionSchemas()),
    );
    routes.get(`${base}/schema/filterOperators${brackets}`, write, (c) =>
      list(c, 'filterOperatorSchema', operatorSchemas()),
    );
  }
  routes.post(`${base}/schema/parseExpression`, write, async (c) => {
    demand(c);
    return c.json({
      '@odata.context': metadata(deps, 'microsoft.graph.parseExpressionResponse'),
      ...parseExpression(await bodyOf(c)),
    });
  });
  return routes;
}

/** A schema as it is answered: with its directories, whether `$expand` asks for them or not. */
export function schemaAnswer(c: GraphContext, deps: GraphDeps, schema: Entity, context: string): Response {
  const query = c.req.query();
  checkOptions(query, query['$expand'] === 'directories' ? ['$expand'] : []);
  return c.json({ '@odata.context': metadata(deps, `${context}/$entity`), ...schema });
}

/** Only what the sandbox evaluates. */
function functionSchemas(): unknown[] {
  return [...functions.values()].map(({ name, parameters }) => ({
    id: name,
    parameters: parameters.map((one) => ({
      allowMultipleOccurrences: one.repeats,
      name: one.name,
      required: one.required,
      type: 'String',
    })),
  }));
}

function operatorSchemas(): unknown[] {
  return scopeOperators.map(({ name, unary, types }) => ({
    id: name,
    arity: unary ? 'Unary' : 'Binary',
    multivaluedComparisonType: 'All',
    supportedAttributeTypes: types,
  }));
}
