import { Hono } from 'hono';
import type { GraphObject } from '../../state.ts';
import type { Caller, GraphContext, GraphDeps, GraphEnv } from '../context.ts';
import { GraphError, notFound } from '../errors.ts';
import { collection } from '../odata/collection.ts';
import { plainEntity } from '../odata/entity.ts';
import { allow, has, holdsRole, needs } from '../permissions.ts';
import { createThrottle } from '../throttle.ts';
import { provisioningAudits } from './provisioningRows.ts';

/** A log: where it is, when its rows happened, and how it is read. */
interface Log {
  readonly name: 'signIns' | 'directoryAudits' | 'provisioning';
  readonly moment: 'createdDateTime' | 'activityDateTime';
  /** Filters on the provisioning log distinguish capitals. */
  readonly caseSensitive: boolean;
  /** Most rows of a page, and how many without `$top`. */
  readonly pageSize: number;
  readonly rows: (caller: Caller) => GraphObject[];
}

/**
 * `/auditLogs`: sign-ins, audits and provisioning (Microsoft Graph: List signIns, List directoryAudits, List
 * provisioningObjectSummary). All need P1 and, together, at most five requests in ten seconds; the newest row comes first.
 */
export function auditLogRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { tenant, clock } = deps.state;
  const throttle = createThrottle(clock, { requests: 5, seconds: 10 });
  const routes = new Hono<GraphEnv>();
  const logs: readonly (readonly [Log, ReturnType<typeof allow>])[] = [
    [
      {
        name: 'signIns',
        moment: 'createdDateTime',
        caseSensitive: false,
        pageSize: 1000,
        rows: (caller) => tenant.signIns.map((row) => (seesPolicies(caller) ? row : withoutPolicies(row))),
      },
      allow(needs.readSignIns),
    ],
    [
      {
        name: 'directoryAudits',
        moment: 'activityDateTime',
        caseSensitive: false,
        pageSize: 1000,
        rows: () => [...tenant.directoryAudits, ...provisioningAudits(tenant.provisioningLogs)],
      },
      allow(needs.readAudits),
    ],
    [
      {
        name: 'provisioning',
        moment: 'activityDateTime',
        caseSensitive: true,
        pageSize: 1000,
        rows: () => tenant.provisioningLogs,
      },
      allow(needs.readProvisioningLog),
    ],
  ];
  const arrived = (c: GraphContext, log: Log): GraphObject[] => {
    demandPremium(tenant.premium);
    throttle();
    return deps.state.replication
      .arrived(log.rows(c.get('caller')), log.moment)
      .reverse()
      .sort((a, b) => Date.parse(String(b[log.moment])) - Date.parse(String(a[log.moment])));
  };

  for (const [log, allowed] of logs) {
    const context = `auditLogs/${log.name}`;
    // The documents write `directoryAudits` and `directoryaudits`, `signIns` and `signins`.
    for (const path of new Set([`/${context}`, `/auditLogs/${log.name.toLowerCase()}`]))
      routes.get(path, allowed, (c) =>
        collection(c, deps, arrived(c, log), {
          context,
          directory: false,
          caseSensitive: log.caseSensitive,
          defaultTop: log.pageSize,
          maxTop: log.pageSize,
        }),
      );
    if (log.name !== 'provisioning')
      routes.get(`/${context}/:id`, allowed, (c) => {
        const id = c.req.param('id');
        const row = arrived(c, log).find((one) => one.id === id);
        if (!row) throw notFound(id);
        return plainEntity(c, deps, row, context);
      });
  }
  return routes;
}

/** 403 without a licence for reports; the same sentence for all of them. */
function demandPremium(premium: boolean): void {
  if (!premium)
    throw new GraphError(
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      "Neither tenant is B2C or tenant doesn't have premium license",
    );
}

/** Who may read the policies of the tenant sees which of them applied (Microsoft Graph: signIn resource type). */
function seesPolicies(caller: Caller): boolean {
  const permitted = has(
    caller,
    'Policy.Read.All',
    'Policy.Read.ConditionalAccess',
    'Policy.ReadWrite.ConditionalAccess',
  );
  return permitted && (caller.isApp || holdsRole(caller, needs.readConditionalAccess.roles));
}

function withoutPolicies(row: GraphObject): GraphObject {
  return { ...row, appliedConditionalAccessPolicies: [] };
}
