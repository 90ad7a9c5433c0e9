import type { Session } from '../../engine/session.ts';
import type { Text } from '../../guide/text.ts';
import { addDomain, keepScimEndpoint, keepScimToken, keepVerificationValue } from './entries.ts';

/** Stores what was entered on a panel; says what was stored. Throws a sentence that holds no secret. */
export async function enter(
  session: Session,
  field: 'scimEndpoint' | 'scimToken' | 'domain' | 'verificationValue',
  value: string,
  domain: string | undefined,
): Promise<Text> {
  switch (field) {
    case 'domain':
      return (await addDomain(session, value)).said;
    case 'verificationValue':
      return await keepVerificationValue(session, domain ?? '', value, session.now());
    case 'scimEndpoint':
      return await keepScimEndpoint(session, value);
    case 'scimToken':
      return await keepScimToken(session, value, session.now());
  }
}
