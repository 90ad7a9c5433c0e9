import { kiroScopes, localhostRedirectUri, identifierUriOf, type KiroRegion } from './kiro.ts';
import { permissions } from './permissions.ts';
import type { PortalPage } from './requirement.ts';
import { valueOf, type CloudFacts, type Snapshot } from './snapshot.ts';

/** Ids that the addresses of the admin center's pages are made of. */
export interface PortalIds {
  readonly appId: string;
  /** Object id of the application. */
  readonly applicationId: string;
  readonly servicePrincipalId: string;
}

/** The ids of the application that a page is about, as far as they are known. */
export function portalIds(snapshot: Snapshot, page?: PortalPage): PortalIds | undefined {
  if (page === 'formerApplication') return snapshot.kept.formerApplication;
  const application = valueOf(snapshot.application);
  const servicePrincipal = valueOf(snapshot.servicePrincipal);
  if (application === undefined || servicePrincipal === undefined) return snapshot.kept.application;
  return {
    appId: application.appId,
    applicationId: application.id,
    servicePrincipalId: servicePrincipal.id,
  };
}

/**
 * The https address of a page. Without ids, the list in which the application would be found. The admin center's
 * addresses are not documented; when one stops working it still opens the right portal.
 */
export function portalUrl(
  page: PortalPage,
  cloud: CloudFacts,
  ids: PortalIds | undefined,
  region: KiroRegion | undefined,
): string {
  if (page === 'kiroConsole') return kiroConsoleUrl(region);
  if (ids === undefined) {
    return `${cloud.portal}/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview`;
  }
  const registration = (blade: string): string =>
    `${cloud.portal}/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/${blade}/appId/${ids.appId}`;
  const enterprise = (blade: string): string =>
    `${cloud.portal}/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/${blade}/objectId/${ids.servicePrincipalId}/appId/${ids.appId}`;
  switch (page) {
    case 'appRegistration':
    case 'formerApplication':
      return registration('Overview');
    case 'exposeAnApi':
      return registration('ProtectAnAPI');
    case 'authentication':
      return registration('Authentication');
    case 'manifest':
      return registration('Manifest');
    case 'enterpriseApplication':
      return enterprise('Overview');
    case 'permissions':
      return enterprise('Permissions');
    case 'provisioning':
      return enterprise('Provisioning');
    case 'provisioningLogs':
      return enterprise('ProvisioningEvents');
    case 'usersAndGroups':
      return enterprise('Users');
  }
}

/** Kiro's console. Its inner pages have no documented addresses, so it opens at its start in the right region. */
export function kiroConsoleUrl(region: KiroRegion | undefined): string {
  const where = region ?? 'us-east-1';
  return `https://${where}.console.aws.amazon.com/amazonq/developer/home?region=${where}`;
}

const loginHosts: Readonly<Record<CloudFacts['id'], string>> = {
  global: 'login.microsoftonline.com',
  usgov: 'login.microsoftonline.us',
  dod: 'login.microsoftonline.us',
  china: 'login.chinacloudapi.cn',
};

/**
 * Where an administrator consents, for everyone in the tenant, to what this tool may ask for. `graph` is Microsoft Graph's
 * origin. The browser ends at an address of this computer where nothing listens; consent is given by then.
 */
export function toolConsentUrl(
  cloud: CloudFacts,
  graph: string,
  { clientId, tenantId }: { readonly clientId: string; readonly tenantId: string | undefined },
): string {
  const asked = Object.entries(permissions).filter(
    ([, { asked: when }]) => when === 'signIn' || when === 'write',
  );
  const query = new URLSearchParams({
    client_id: clientId,
    scope: asked.map(([scope]) => `${graph}/${scope}`).join(' '),
    redirect_uri: 'http://localhost',
  });
  return `https://${loginHosts[cloud.id]}/${tenantId ?? 'organizations'}/v2.0/adminconsent?${query.toString()}`;
}

/** The page on which someone who may grants consent for the tenant (Microsoft identity platform: admin consent). */
export function adminConsentUrl(cloud: CloudFacts, tenantId: string, appId: string): string {
  const query = new URLSearchParams({
    client_id: appId,
    scope: kiroScopes.map((scope) => `${identifierUriOf(appId)}/${scope}`).join(' '),
    redirect_uri: localhostRedirectUri,
  });
  return `https://${loginHosts[cloud.id]}/${tenantId}/v2.0/adminconsent?${query.toString()}`;
}
