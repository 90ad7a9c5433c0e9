/** Name of the client registration that this tool makes for itself in the organization. */
export const clientDisplayName = 'Kiro Connect sign-in';

/** Microsoft Graph's application ID, the same in every cloud ("Application IDs of commonly used Microsoft applications"). */
export const microsoftGraphAppId = '00000003-0000-0000-c000-000000000000';

/**
 * Where a sign-in with the organization's own client may come back to: this computer, and VS Code's own page for its
 * `microsoft` authentication provider. All under mobile and desktop: there is no secret.
 */
export const clientRedirectUris = ['http://localhost', 'https://vscode.dev/redirect'] as const;
