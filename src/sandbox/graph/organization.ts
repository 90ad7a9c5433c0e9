import { Hono } from 'hono';
import type { GraphContext, GraphDeps, GraphEnv } from './context.ts';
import { notFound } from './errors.ts';
import { collection } from './odata/collection.ts';
import { plainEntity } from './odata/entity.ts';
import type { Entity } from './odata/rows.ts';
import { allow, has, needs } from './permissions.ts';

const premiumPlanId = '41781fb2-bc02-4b7c-bd55-b576c07bb09d';

/** `/organization`, `/subscribedSkus` and `/domains`. */
export function organizationRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { tenant } = deps.state;
  const routes = new Hono<GraphEnv>();

  /** `User.Read` alone sees id, name and domains; the rest comes as null. */
  const organization = (c: GraphContext): Entity => {
    const full = has(
      c.get('caller'),
      'Organization.Read.All',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
    );
    const plan = { capabilityStatus: 'Enabled', service: 'AADPremiumService', servicePlanId: premiumPlanId };
    return {
      id: tenant.id,
      deletedDateTime: null,
      displayName: tenant.displayName,
      verifiedDomains: tenant.verifiedDomains.map((name) => ({
        capabilities: 'Email, OfficeCommunicationsOnline',
        isDefault: name === tenant.verifiedDomains[0],
        isInitial: name === tenant.defaultDomain,
        name,
        type: 'Managed',
      })),
      assignedPlans: full
        ? tenant.premium
          ? [{ ...plan, assignedDateTime: '2026-01-05T08:00:00Z' }]
          : []
        : null,
      countryLetterCode: full ? 'GB' : null,
      createdDateTime: full ? '2026-01-05T08:00:00Z' : null,
      technicalNotificationMails: full ? [`technical@${tenant.verifiedDomains[0]}`] : null,
      tenantType: full ? 'AAD' : null,
    };
  };

  routes.get('/organization', allow(needs.readOrganization), (c) =>
    collection(c, deps, [organization(c)], { context: 'organization', directory: true }),
  );

  routes.get('/organization/:id', allow(needs.readOrganization), (c) => {
    const id = c.req.param('id');
    if (id.toLowerCase() !== tenant.id) throw notFound(id);
    return plainEntity(c, deps, organization(c), 'organization');
  });

  routes.get('/subscribedSkus', allow(needs.readSkus), (c) => {
    const sku = {
      id: `${tenant.id}_078d2b04-f1bd-4111-bbd4-b4b1b354cef4`,
      accountName: tenant.displayName,
      appliesTo: 'User',
      capabilityStatus: 'Enabled',
      consumedUnits: tenant.users.size,
      skuId: '078d2b04-f1bd-4111-bbd4-b4b1b354cef4',
      skuPartNumber: 'AAD_PREMIUM',
      prepaidUnits: { enabled: 100, suspended: 0, warning: 0, lockedOut: 0 },
      servicePlans: [
        {
          servicePlanId: premiumPlanId,
          servicePlanName: 'AAD_PREMIUM',
          provisioningStatus: 'Success',
          appliesTo: 'User',
        },
      ],
    };
    return collection(c, deps, tenant.premium ? [sku] : [], { context: 'subscribedSkus', directory: false });
  });

  const domains = (): Entity[] =>
    tenant.verifiedDomains.map((name, index) => ({
      id: name,
      authenticationType: 'Managed',
      isAdminManaged: true,
      isDefault: index === 0,
      isInitial: name === tenant.defaultDomain,
      isRoot: true,
      isVerified: true,
      supportedServices: ['Email', 'OfficeCommunicationsOnline'],
    }));
  routes.get('/domains', allow(needs.readDomains), (c) =>
    collection(c, deps, domains(), { context: 'domains', directory: true }),
  );
  routes.get('/domains/:id', allow(needs.readDomains), (c) => {
    const id = c.req.param('id');
    const domain = domains().find((one) => one['id'] === id.toLowerCase());
    if (!domain) throw notFound(id);
    return plainEntity(c, deps, domain, 'domains');
  });

  return routes;
}
