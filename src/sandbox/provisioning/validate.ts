import type { SandboxState } from '../state.ts';
import { readRule } from './mapping.ts';
import type { Rule } from './mapping.ts';
import { openTarget } from './target.ts';
import { TargetError } from './targetErrors.ts';
import { testConnection } from './testConnection.ts';
import { ProvisioningError } from './types.ts';
import type { CredentialsToValidate } from './types.ts';

/**
 * Tests credentials against their target, as Microsoft Graph's `validateCredentials` does; what is saved stays as it is.
 * Throws `ProvisioningError` with the target's own answer in its sentence.
 */
export async function validate(
  state: SandboxState,
  servicePrincipalId: string,
  request: CredentialsToValidate,
): Promise<void> {
  const saved = state.tenant.synchronization.get(servicePrincipalId);
  const credentials = request.useSavedCredentials === true ? (saved?.secrets ?? []) : request.credentials;
  if (credentials === undefined)
    throw new ProvisioningError(
      400,
      'RequestMissingRequiredParameter',
      "The parameter 'credentials' is missing.",
    );
  const value = (key: string): string => credentials.find((one) => one.key === key)?.value ?? '';
  try {
    const target = openTarget(value('BaseAddress'), value('SecretToken'));
    await testConnection(target, saved?.job ? readRule(saved.job.schema) : plainRule);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    throw new ProvisioningError(
      400,
      'CredentialValidationUnavailable',
      `We received this unexpected response from your application: ${error.message}. Please check the service and try again.`,
    );
  }
}

/** What is asked before there is a job: a user by name. */
const plainRule: Rule = {
  id: '',
  group: undefined,
  onlyGroups: undefined,
  user: {
    targetObjectName: '',
    flows: new Set<string>(),
    filter: [],
    attributes: [
      {
        target: 'userName',
        expression: '[userPrincipalName]',
        sourceName: 'userPrincipalName',
        defaultValue: '',
        matchingPriority: 1,
        onlyAtCreation: false,
        onlyWhereEmpty: false,
        always: false,
        followsDeletion: false,
        attribute: { type: 'String', caseExact: false, multivalued: false, required: true },
      },
    ],
  },
};
