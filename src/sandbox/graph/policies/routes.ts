import { Hono } from 'hono';
import type { GraphObject } from '../../state.ts';
import { metadata } from '../context.ts';
import type { GraphDeps, GraphEnv } from '../context.ts';
import { notFound } from '../errors.ts';
import { collection } from '../odata/collection.ts';
import { plainEntity } from '../odata/entity.ts';
import { allow, needs } from '../permissions.ts';
import { bodyOf } from '../requestBody.ts';
import { changedAuthorizationPolicy } from './authorizationPolicy.ts';
import { changedPolicy, newPolicy } from './conditionalAccessPolicy.ts';

/**
 * `/identity/conditionalAccess/policies` and `/policies/authorizationPolicy` (Microsoft Graph: conditionalAccessPolicy and
 * authorizationPolicy resource types). The sandbox's sign-in obeys both.
 */
export function policyRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { tenant, clock } = deps.state;
  const routes = new Hono<GraphEnv>();
  const base = '/identity/conditionalAccess/policies';
  const policies = tenant.conditionalAccessPolicies;
  const policyOf = (id: string): GraphObject => {
    const policy = policies.get(id.toLowerCase());
    if (!policy) throw notFound(id);
    return policy;
  };
  const context = metadata(deps, 'identity/conditionalAccess/policies/$entity');

  routes.get(base, allow(needs.readConditionalAccess), (c) =>
    collection(c, deps, [...policies.values()], {
      context: 'identity/conditionalAccess/policies',
      directory: false,
    }),
  );
  routes.get(`${base}/:id`, allow(needs.readConditionalAccess), (c) =>
    plainEntity(c, deps, policyOf(c.req.param('id')), 'identity/conditionalAccess/policies'),
  );
  routes.post(base, allow(needs.writeConditionalAccess), async (c) => {
    const policy = newPolicy(await bodyOf(c), clock.now());
    policies.set(policy.id, policy);
    return c.json({ '@odata.context': context, ...policy }, 201);
  });
  routes.patch(`${base}/:id`, allow(needs.writeConditionalAccess), async (c) => {
    const policy = policyOf(c.req.param('id'));
    policies.set(policy.id, changedPolicy(policy, await bodyOf(c), clock.now()));
    return c.body(null, 204);
  });
  routes.delete(`${base}/:id`, allow(needs.writeConditionalAccess), (c) => {
    policies.delete(policyOf(c.req.param('id')).id);
    return c.body(null, 204);
  });

  routes.get('/policies/authorizationPolicy', allow(needs.readAuthorizationPolicy), (c) =>
    plainEntity(c, deps, { ...tenant.authorizationPolicy }, 'policies/authorizationPolicy'),
  );
  routes.patch('/policies/authorizationPolicy', allow(needs.writeAuthorizationPolicy), async (c) => {
    Object.assign(
      tenant.authorizationPolicy,
      changedAuthorizationPolicy(tenant.authorizationPolicy, await bodyOf(c)),
    );
    return c.body(null, 204);
  });
  return routes;
}
