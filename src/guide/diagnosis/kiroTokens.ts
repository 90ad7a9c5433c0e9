import { kiroScopes } from '../kiro.ts';
import type { ScimUser } from '../snapshot.ts';
import { text, type Text } from '../text.ts';

/** What a person's sign-in to Kiro gave. */
export interface KiroTokens {
  /** Claims of the access token. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly refreshToken: boolean;
}

/** What is right for this connection. */
export interface KiroTokensFor {
  readonly appId: string;
  readonly tenantId: string;
  /** People at Kiro's SCIM endpoint; `undefined` where it can't be read. */
  readonly people: readonly ScimUser[] | undefined;
}

/** One demand on the tokens that Kiro gets. */
export interface TokenCheck {
  /** Claim, or what stands for one. */
  readonly name: string;
  readonly ok: boolean | 'unknown';
  readonly seen: string;
  readonly wanted: string;
  readonly explanation: Text;
  /** Requirement that mends it. */
  readonly requirement?: string;
}

/**
 * Whether Kiro can work with the tokens of a sign-in (Kiro's guide; "Access token claims reference" of the Microsoft
 * identity platform). One check each, in the order in which they matter.
 */
export function checkKiroTokens(tokens: KiroTokens, wanted: KiroTokensFor): readonly TokenCheck[] {
  const { claims } = tokens;
  const said = (name: string): string => (typeof claims[name] === 'string' ? claims[name] : '');
  const scopes = said('scp').split(' ');
  const missing = kiroScopes.filter((scope) => !scopes.includes(scope));
  return [
    {
      name: 'ver',
      seen: said('ver'),
      wanted: '2.0',
      ok: said('ver') === '2.0',
      explanation: text(
        'Kiro accepts tokens of version 2 only. A token that was issued before the change keeps its version for about an hour.',
      ),
      requirement: 'configuration.tokenVersion',
    },
    {
      name: 'aud',
      seen: said('aud'),
      wanted: wanted.appId,
      ok: said('aud') === wanted.appId,
      explanation: text('The token is for the application itself, by its application ID.'),
      requirement: 'configuration.tokenVersion',
    },
    {
      name: 'tid',
      seen: said('tid'),
      wanted: wanted.tenantId,
      ok: said('tid') === wanted.tenantId,
      explanation: text('The token is of the tenant that the Kiro profile names.'),
      requirement: 'profile.created',
    },
    {
      name: 'scp',
      seen: said('scp'),
      wanted: kiroScopes.join(' '),
      ok: missing.length === 0,
      explanation: text('Kiro needs both scopes, completions for suggestions and conversations for chat.'),
      requirement: 'configuration.scopes',
    },
    personCheck(claims, wanted.people),
    {
      name: 'refresh_token',
      seen: tokens.refreshToken ? '✓' : '–',
      wanted: '✓',
      ok: tokens.refreshToken,
      explanation: text('Without a refresh token Kiro asks people to sign in again every hour.'),
    },
  ];
}

/** Kiro finds the person by the object id that provisioning sent as `externalId`. */
function personCheck(
  claims: Readonly<Record<string, unknown>>,
  people: readonly ScimUser[] | undefined,
): TokenCheck {
  const oid = typeof claims['oid'] === 'string' ? claims['oid'] : '';
  const row = { name: 'oid', seen: oid, requirement: 'people.arrived' };
  if (people === undefined) {
    return {
      ...row,
      wanted: 'externalId',
      ok: 'unknown',
      explanation: text(
        'Kiro’s SCIM endpoint could not be read, so it is not known whether it holds this person.',
      ),
    };
  }
  const found = people.find(({ externalId }) => externalId === oid);
  if (found) {
    return {
      ...row,
      wanted: oid,
      ok: found.active,
      explanation: found.active
        ? text('Kiro holds this person as {0}.', found.userName)
        : text('Kiro holds this person as {0}, but inactive: assign a group they are in.', found.userName),
    };
  }
  const names = ['upn', 'unique_name', 'preferred_username'].map((name) => claims[name]);
  const byName = people.find(({ userName }) =>
    names.some((name) => typeof name === 'string' && name.toLowerCase() === userName.toLowerCase()),
  );
  return {
    ...row,
    wanted: byName?.externalId ?? 'externalId',
    ok: false,
    explanation: byName
      ? text(
          'Kiro holds {0} with another external ID than the object ID, and keeps it for ever.',
          byName.userName,
        )
      : text('Kiro does not hold this person yet: they have not been provisioned.'),
  };
}
