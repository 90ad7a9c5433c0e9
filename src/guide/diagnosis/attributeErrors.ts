/** Codes of provisioning that say that Kiro refused something of what was sent, but not what (Microsoft Entra: analyze provisioning logs). */
const codes: ReadonlySet<string> = new Set(
  [
    'SystemForCrossDomainIdentityManagementBadRequest',
    'SystemForCrossDomainIdentityManagementBadResponse',
    'UnprocessableEntity',
    'SchemaAttributeNotFound',
    'SchemaPropertyCanOnlyAcceptValue',
  ].map((code) => code.toLowerCase()),
);

/** Whether a failure may come from one of the attributes that are sent; a refused change of the external ID does not. */
export function mayBeAttribute({
  errorCode,
  reason,
}: {
  readonly errorCode?: string;
  readonly reason?: string;
}): boolean {
  if (reason !== undefined && /mutability/i.test(reason)) return false;
  return errorCode !== undefined && codes.has(errorCode.toLowerCase());
}
