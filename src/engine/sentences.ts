import { explainGraphError } from '../guide/diagnosis/graphErrors.ts';
import { text, type Text } from '../guide/text.ts';
import type { GraphError } from '../entra/graphError.ts';
import type { ProvisionOnDemandResult } from '../entra/provisionOnDemand.ts';

/** What stands when a change needs the SCIM token and secret storage has none. */
export const tokenMissing: Text = text(
  'Kiro’s access token is not stored here, and Entra never gives it back. Enter it, then apply again.',
);

/** The sign-in that a change needed did not come about; `why` is a sentence of the sign-in. */
export function notSignedIn(why: string): Text {
  return text(
    'Nothing more was changed, because the sign-in did not succeed: {0} Apply again to go on.',
    why,
  );
}

/** A change that Graph refused: what, why, what to do, and the request id for support. */
export function refusedSentence(title: Text, error: GraphError): Text {
  const why = explainGraphError(error);
  return error.requestId
    ? text('“{0}” was refused. {1} Request id {2}.', title, why, error.requestId)
    : text('“{0}” was refused. {1}', title, why);
}

/** Provisioning on demand answers 200 also when it failed; this is what it said. */
export function onDemandRefused(result: ProvisionOnDemandResult): Text {
  const code = result.errorCode ?? result.result;
  return text('Entra could not provision the person on demand ({0}): {1}', code, result.message ?? code);
}
