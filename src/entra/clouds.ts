import type { CloudFacts } from '../guide/snapshot.ts';

/** One national deployment of Entra ID and Microsoft Graph ("Microsoft Graph national cloud deployments"). */
export interface Cloud extends CloudFacts {
  /** Origin of the sign-in authority. */
  readonly login: string;
  /** Origins of the same authority under other names, which MSAL may put in its place (instance discovery). */
  readonly loginAliases: readonly string[];
}

const global: Cloud = {
  id: 'global',
  graph: 'https://graph.microsoft.com',
  login: 'https://login.microsoftonline.com',
  loginAliases: [],
  portal: 'https://entra.microsoft.com',
  nonGalleryTemplateId: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
  lacks: [],
};

/** The built-in list; addresses of clouds never come from anywhere else. */
export const clouds: Readonly<Record<CloudFacts['id'], Cloud>> = {
  global,
  usgov: {
    id: 'usgov',
    graph: 'https://graph.microsoft.us',
    login: 'https://login.microsoftonline.us',
    loginAliases: [],
    portal: 'https://entra.microsoft.us',
    nonGalleryTemplateId: '4602d0b4-76bb-404b-bca9-2652e1a39c6d',
    lacks: [],
  },
  dod: {
    id: 'dod',
    graph: 'https://dod-graph.microsoft.us',
    login: 'https://login.microsoftonline.us',
    loginAliases: [],
    portal: 'https://entra.microsoft.us',
    nonGalleryTemplateId: '4602d0b4-76bb-404b-bca9-2652e1a39c6d',
    lacks: [],
  },
  china: {
    id: 'china',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    login: 'https://login.chinacloudapi.cn',
    loginAliases: ['https://login.partner.microsoftonline.cn'],
    portal: 'https://entra.microsoftonline.cn',
    nonGalleryTemplateId: '5a532e38-1581-4918-9658-008dc27c1d68',
    // The tables of "Microsoft Graph national cloud deployments" mark these as not offered by 21Vianet.
    lacks: ['provisionOnDemand', 'validateCredentials', 'secrets', 'schema', 'provisioningLogs'],
  },
};

/** Base URL of Microsoft Graph v1.0 in a cloud, as `createGraphClient` takes it. */
export function graphBaseUrl(cloud: Cloud): string {
  return `${cloud.graph}/v1.0`;
}
