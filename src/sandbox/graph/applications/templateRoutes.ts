import { Hono } from 'hono';
import { clouds } from '../../clouds.ts';
import { metadata } from '../context.ts';
import type { GraphDeps, GraphEnv } from '../context.ts';
import { notFound } from '../errors.ts';
import { plainEntity } from '../odata/entity.ts';
import { allow, needs } from '../permissions.ts';
import { bodyOf, onlyKnown, stringOf } from '../requestBody.ts';
import { applicationFromTemplate } from './fromTemplate.ts';
import { newServicePrincipal } from './servicePrincipalOf.ts';
import { storeApplication, storeServicePrincipal } from './store.ts';
import { updated } from './update.ts';

/** `/applicationTemplates`: only the non-gallery template is there (Microsoft Graph: applicationTemplate). */
export function applicationTemplateRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { tenant, clock } = deps.state;
  const { nonGalleryTemplateId } = clouds[tenant.cloud];
  const routes = new Hono<GraphEnv>();
  const checkTemplate = (id: string): void => {
    if (id.toLowerCase() !== nonGalleryTemplateId) throw notFound(id);
  };

  routes.get('/applicationTemplates/:id', (c) => {
    checkTemplate(c.req.param('id'));
    const template = {
      id: nonGalleryTemplateId,
      displayName: 'Custom',
      publisher: null,
      categories: [],
      supportedProvisioningTypes: ['sync'],
      supportedSingleSignOnModes: ['password', 'saml', 'external'],
    };
    return plainEntity(c, deps, template, 'applicationTemplates');
  });

  routes.post('/applicationTemplates/:id/instantiate', allow(needs.writeApplications), async (c) => {
    checkTemplate(c.req.param('id'));
    const body = await bodyOf(c);
    onlyKnown(body, { writable: ['displayName', 'serviceManagementReference'] }, 'instantiate');
    const displayName = stringOf(body, 'displayName');
    const fresh = applicationFromTemplate(displayName, { now: clock.now(), cloud: tenant.cloud });
    const application = updated(fresh, body, tenant);
    const servicePrincipal = newServicePrincipal(application, tenant);
    storeApplication(application, deps.state);
    storeServicePrincipal(servicePrincipal, deps.state);
    return c.json(
      {
        '@odata.context': metadata(deps, 'microsoft.graph.applicationServicePrincipal'),
        application,
        servicePrincipal,
      },
      201,
    );
  });

  return routes;
}
