import type { Json } from './change.ts';

/** Any identity store (Kiro documentation: IAM permissions, page of 25 February 2026). */
export const generalActions = [
  'codewhisperer:ListProfiles',
  'codewhisperer:CreateProfile',
  'codewhisperer:DeleteProfile',
  'codewhisperer:UpdateProfile',
  'codewhisperer:TagResource',
  'codewhisperer:UntagResource',
  'codewhisperer:ListTagsForResource',
  'codewhisperer:AllowVendedLogDeliveryForResource',
  'q:ListDashboardMetrics',
] as const;

/** In addition for an external identity provider (same page). */
export const externalProviderActions = [
  'q:ListLoginDomains',
  'q:AssociateLoginDomain',
  'q:DisassociateLoginDomain',
  'q:ListScimAccessTokens',
  'q:CreateScimAccessToken',
  'q:DeleteScimAccessToken',
  'q:ListGroups',
  'q:ListUsers',
  'q:BatchDescribeUsers',
  'q:BatchDescribeGroups',
] as const;

/**
 * Missing from that page, yet subscribing people calls them (kirodotdev/Kiro issues 7089, 8537, 10313), and the first
 * administrator creates the service-linked roles. Shown apart from the documented ones.
 */
export const undocumentedActions = [
  'q:CreateAssignment',
  'q:UpdateAssignment',
  'q:DeleteAssignment',
  'user-subscriptions:CreateClaim',
  'user-subscriptions:UpdateClaim',
  'user-subscriptions:ListClaims',
  'iam:CreateServiceLinkedRole',
] as const;

/** The policy for the AWS administrator: an IAM policy document, one statement for each origin of its actions. */
export function iamPolicy(options: { readonly undocumented: boolean }): Json {
  const statement = (id: string, actions: readonly string[]): Json => ({
    Sid: id,
    Effect: 'Allow',
    Action: actions,
    Resource: '*',
  });
  return {
    Version: '2012-10-17',
    Statement: [
      statement('KiroProfile', generalActions),
      statement('KiroExternalIdentityProvider', externalProviderActions),
      ...(options.undocumented ? [statement('KiroNotInDocumentedList', undocumentedActions)] : []),
    ],
  };
}
