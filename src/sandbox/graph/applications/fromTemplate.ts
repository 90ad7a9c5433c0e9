import { randomUUID } from 'node:crypto';
import { clouds } from '../../clouds.ts';
import type { CloudName } from '../../clouds.ts';
import type { GraphObject } from '../../state.ts';
import { newApplication } from './newApplication.ts';

const homePageUrl =
  'https://account.activedirectory.windowsazure.com:444/applications/default.aspx?metadata=customappsso|ISV9.1|primary|z';

/** What instantiating a cloud's non-gallery template makes, with its default scope, roles and home page. */
export function applicationFromTemplate(
  displayName: string,
  { now, cloud }: { readonly now: number; readonly cloud: CloudName },
): GraphObject {
  const applicationTemplateId = clouds[cloud].nonGalleryTemplateId;
  return {
    ...newApplication({ displayName, now, applicationTemplateId }),
    isFallbackPublicClient: false,
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      preAuthorizedApplications: [],
      requestedAccessTokenVersion: null,
      oauth2PermissionScopes: [
        {
          id: randomUUID(),
          isEnabled: true,
          type: 'User',
          value: 'user_impersonation',
          adminConsentDisplayName: `Access ${displayName}`,
          adminConsentDescription: `Allow the application to access ${displayName} on behalf of the signed-in user.`,
          userConsentDisplayName: `Access ${displayName}`,
          userConsentDescription: `Allow the application to access ${displayName} on your behalf.`,
        },
      ],
    },
    appRoles: [
      role('18d14569-c3bd-439b-9a66-3a2aee01d14f', 'User'),
      role('b9632174-c057-4f7e-951b-be3adc52bfe6', 'msiam_access'),
    ],
    web: {
      homePageUrl,
      logoutUrl: null,
      redirectUris: [],
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: true },
      redirectUriSettings: [],
    },
  };
}

function role(id: string, name: string): Record<string, unknown> {
  return {
    id,
    allowedMemberTypes: ['User'],
    displayName: name,
    description: name,
    isEnabled: true,
    origin: 'Application',
    value: null,
  };
}
