/** Clouds by the names that `--cloud` takes. */
export const cloudNames = ['global', 'usgov', 'dod', 'china'] as const;

export type CloudName = (typeof cloudNames)[number];

/** Parts of Microsoft Graph that not every cloud has, by the segment of the path that is unknown there. */
export type Lacking = 'secrets' | 'schema' | 'validateCredentials' | 'provisionOnDemand' | 'provisioning';

/** What a tenant has of its cloud (Microsoft Graph: national cloud deployments). No address ends in a slash. */
export interface Cloud {
  /** Microsoft Graph's own address: its resource URI, and the audience of its version 1 tokens. */
  readonly graph: string;
  readonly login: string;
  /** Hosts of the sign-in that stand for one another, the one that clients are to use first (instance discovery). */
  readonly loginHosts: readonly [string, ...string[]];
  /** Issuer of version 1 tokens, without the tenant. */
  readonly sts: string;
  /** What OpenID discovery tells of the cloud. */
  readonly instance: { readonly name: string; readonly graph: string; readonly rbac: string };
  /** What a tenant's initial domain ends in. */
  readonly initialDomains: string;
  /** Microsoft Graph: applicationTemplate: instantiate. */
  readonly nonGalleryTemplateId: string;
  /** What Microsoft Graph does not have there. */
  readonly lacks: readonly Lacking[];
}

const global: Cloud = {
  graph: 'https://graph.microsoft.com',
  login: 'https://login.microsoftonline.com',
  loginHosts: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
  sts: 'https://sts.windows.net',
  instance: { name: 'microsoftonline.com', graph: 'graph.windows.net', rbac: 'https://pas.windows.net' },
  initialDomains: 'onmicrosoft.com',
  nonGalleryTemplateId: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
  lacks: [],
};

const usgov: Cloud = {
  graph: 'https://graph.microsoft.us',
  login: 'https://login.microsoftonline.us',
  loginHosts: ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
  sts: 'https://sts.windows.net',
  instance: {
    name: 'microsoftonline.us',
    graph: 'graph.windows.net',
    rbac: 'https://pasff.usgovcloudapi.net',
  },
  initialDomains: 'onmicrosoft.us',
  nonGalleryTemplateId: '4602d0b4-76bb-404b-bca9-2652e1a39c6d',
  lacks: [],
};

export const clouds: Readonly<Record<CloudName, Cloud>> = {
  global,
  usgov,
  dod: { ...usgov, graph: 'https://dod-graph.microsoft.us' },
  china: {
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    login: 'https://login.chinacloudapi.cn',
    loginHosts: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    sts: 'https://sts.chinacloudapi.cn',
    instance: {
      name: 'partner.microsoftonline.cn',
      graph: 'graph.chinacloudapi.cn',
      rbac: 'https://pas.chinacloudapi.cn',
    },
    initialDomains: 'partner.onmschina.cn',
    nonGalleryTemplateId: '5a532e38-1581-4918-9658-008dc27c1d68',
    // Marked as not offered by 21Vianet in the reference of each; jobs, their restart and templates are offered.
    lacks: ['secrets', 'schema', 'validateCredentials', 'provisionOnDemand', 'provisioning'],
  },
};

/** A cloud's name, or undefined. */
export function readCloud(text: string): CloudName | undefined {
  return cloudNames.find((name) => name === text);
}
