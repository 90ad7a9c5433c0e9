import { text, type Text } from '../text.ts';

/** What a code of provisioning means for Kiro. */
export interface ProvisioningCode {
  readonly cause: Text;
  readonly cure: Text;
  /** Entra tries again by itself and usually succeeds. */
  readonly transient: boolean;
}

/**
 * Codes of provisioning logs, on-demand provisioning and quarantine (Microsoft Entra: analyze provisioning logs;
 * application provisioning quarantine status). `undefined` for a code that is not among them.
 */
export function explainProvisioningCode(code: string): ProvisioningCode | undefined {
  return codes.get(code.toLowerCase());
}

function entry(
  names: readonly string[],
  cause: Text,
  cure: Text,
  transient = false,
): [string, ProvisioningCode][] {
  return names.map((name) => [name.toLowerCase(), { cause, cure, transient }]);
}

const codes: ReadonlyMap<string, ProvisioningCode> = new Map([
  ...entry(
    ['Conflict', 'EntryConflict'],
    text('Kiro has a person or group with this name or external ID already.'),
    text('Find the other record in Kiro and compare its external ID.'),
  ),
  ...entry(
    [
      'SystemForCrossDomainIdentityManagementBadResponse',
      'SystemForCrossDomainIdentityManagementBadRequest',
      'UnprocessableEntity',
    ],
    text('Kiro refused what Entra sent.'),
    text('Read Kiro’s reason beside the code; unsupported attributes and empty names are the usual ones.'),
  ),
  ...entry(
    ['SchemaAttributeNotFound'],
    text('An attribute is mapped that Kiro does not have.'),
    text('Apply step 4: it removes the unsupported attributes.'),
  ),
  ...entry(
    ['SchemaPropertyCanOnlyAcceptValue'],
    text('Several values are sent where Kiro takes one.'),
    text('Keep one e-mail address in the attribute mapping.'),
  ),
  ...entry(
    ['MandatoryFieldsMissing', 'MissingValues'],
    text('A value that Kiro needs is empty in Entra.'),
    text('Fill in given name, surname and display name of the person.'),
  ),
  ...entry(
    ['DuplicateTargetEntries', 'SystemForCrossDomainIdentityManagementMultipleEntriesInResponse'],
    text('Several records in Kiro match one person.'),
    text('Find them in Kiro by user name and delete the wrong one.'),
  ),
  ...entry(
    ['DuplicateSourceEntries'],
    text('Several people in Entra match one record in Kiro.'),
    text('Give each a user name of its own.'),
  ),
  ...entry(
    ['InvalidAnchor'],
    text('The record that Entra remembers is no longer in Kiro, as after a new profile was made.'),
    text('Provision the person on demand. If the whole profile was made again, step 4 repairs that.'),
  ),
  ...entry(
    [
      'InsufficientRights',
      'MethodNotAllowed',
      'NotPermitted',
      'Unauthorized',
      'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
      'SystemForCrossDomainIdentityManagementInvalidCredentials',
      'EncounteredQuarantineException',
    ],
    text('Kiro refuses the token or is not at this address.'),
    text('Enter endpoint and a token that the Kiro console lists, and apply step 4.'),
  ),
  ...entry(
    [
      'SystemForCrossDomainIdentityManagementServiceIncompatible',
      'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable',
      'CredentialValidationUnavailable',
    ],
    text('What answers at the endpoint is not Kiro’s SCIM service.'),
    text('Copy the SCIM endpoint again from Kiro settings.'),
  ),
  ...entry(
    ['TooManyRequests', 'InternalServerError', 'WebExceptionProtocolError', 'Timeout', 'InternalError'],
    text('A fault on the way to Kiro that passes.'),
    text('Wait: Entra tries again with the next cycle, in about 40 minutes.'),
    true,
  ),
  ...entry(
    ['ImportSkipped'],
    text('The attribute that people are matched by is empty in Entra.'),
    text('Fill in the user principal name, or change the matching attribute.'),
  ),
  ...entry(
    ['EntrySynchronizationSkipped', 'RedundantExport'],
    text('There was nothing to change, or the person is out of scope.'),
    text('Check that the person is a direct member of an assigned group.'),
  ),
  ...entry(
    ['NotEffectivelyEntitled', 'EntitlementGrant'],
    text('The person is not assigned to the application.'),
    text('Add them directly to an assigned group; members of nested groups do not count.'),
  ),
  ...entry(
    [
      'EncounteredBaseEscrowThreshold',
      'EncounteredTotalEscrowThreshold',
      'EncounteredEscrowProportionThreshold',
    ],
    text('Too many people failed to be provisioned.'),
    text('Look at the provisioning logs for the most frequent reason and remove it.'),
  ),
  ...entry(
    ['TooManyDeletes'],
    text('A cycle would remove more people than the limit that is set.'),
    text('Check the assignments; allow the removals under Provisioning if they are meant.'),
  ),
  ...entry(
    ['QuarantinedOnDemand'],
    text('Microsoft put the job into quarantine.'),
    text('Ask Microsoft support for the reason.'),
  ),
]);
