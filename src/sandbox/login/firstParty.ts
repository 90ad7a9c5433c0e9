/** One of Microsoft's own public clients, known in every tenant without a registration. */
export interface FirstPartyClient {
  readonly displayName: string;
  readonly redirectUris: readonly string[];
  /**
   * The only delegated scopes of Microsoft Graph that it may ask for, consented to beforehand; any other is refused with
   * AADSTS65002. Undefined: it may ask for any, and people consent.
   */
  readonly preauthorized: readonly string[] | undefined;
}

const native = [
  'http://localhost',
  'https://login.microsoftonline.com/common/oauth2/nativeclient',
  'urn:ietf:wg:oauth:2.0:oob',
];

/**
 * Microsoft's own clients by application id (Microsoft Entra: first-party Microsoft applications in sign-in reports).
 * Which scopes two of them are pre-authorised for is published nowhere: VS Code's are what its own features ask for
 * ("microsoft-authentication" of VS Code adds User.Read), Azure CLI's are those of its tokens.
 */
export const firstPartyClients: ReadonlyMap<string, FirstPartyClient> = new Map([
  [
    '14d82eec-204b-4c2f-b7e8-296a70dab67e',
    {
      displayName: 'Microsoft Graph Command Line Tools',
      redirectUris: native,
      preauthorized: undefined,
    },
  ],
  [
    'aebc6443-996d-45c2-90f0-388ff96faa56',
    {
      displayName: 'Visual Studio Code',
      redirectUris: [...native, 'https://vscode.dev/redirect', 'https://insiders.vscode.dev/redirect'],
      preauthorized: ['User.Read', 'User.ReadBasic.All'],
    },
  ],
  [
    '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
    {
      displayName: 'Microsoft Azure CLI',
      redirectUris: native,
      preauthorized: [
        'Application.ReadWrite.All',
        'AppRoleAssignment.ReadWrite.All',
        'AuditLog.Read.All',
        'DelegatedPermissionGrant.ReadWrite.All',
        'Directory.AccessAsUser.All',
        'Group.ReadWrite.All',
        'User.Read.All',
        'User.ReadWrite.All',
      ],
    },
  ],
]);
