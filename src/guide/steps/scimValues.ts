import { maxScimTokens } from '../kiro.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { checkScimEndpoint } from '../scimEndpoint.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { manual, met, unmet } from './verdicts.ts';

const day = 86_400_000;
/** Kiro states no expiry; the related Identity Center tokens last a year, so a reminder comes before that. */
const oldAfter = 330 * day;

/** What comes from the Kiro console: endpoint and token. */
export const scimValueRequirements: readonly Requirement[] = [
  {
    id: 'provisioning.endpoint',
    step: 4,
    title: text('SCIM endpoint'),
    why: text('Entra sends people and groups to this address of your Kiro profile.'),
    severity: 'required',
    evaluate: endpoint,
  },
  {
    id: 'provisioning.token',
    step: 4,
    title: text('Access token'),
    why: text(
      'Entra shows it to Kiro with every request. It is kept in secret storage and never shown again.',
    ),
    severity: 'required',
    evaluate: token,
  },
  {
    id: 'provisioning.tokenAge',
    step: 4,
    title: text('Age of the access token'),
    why: text('Kiro does not replace tokens by itself and does not say when they end.'),
    severity: 'warning',
    evaluate: tokenAge,
  },
  {
    id: 'provisioning.tokenCount',
    step: 4,
    title: text('Number of access tokens'),
    why: text(
      'A profile takes two tokens. One place has to be free to replace a token without an interruption.',
    ),
    severity: 'required',
    evaluate: tokenCount,
  },
];

/** The endpoint that is entered and may be used, without trailing slash. */
export function usableEndpoint(snapshot: Snapshot): string | undefined {
  const entered = snapshot.kept.scim?.endpoint;
  if (entered === undefined) return undefined;
  const checked = checkScimEndpoint(entered, snapshot);
  return checked.ok ? checked.endpoint : undefined;
}

function endpoint(snapshot: Snapshot): Verdict {
  const entered = snapshot.kept.scim?.endpoint;
  const enter = { action: { kind: 'enterScimEndpoint' }, portal: 'kiroConsole' } as const;
  if (entered === undefined) {
    const saved = valueOf(snapshot.secrets)?.find(({ key }) => key === 'BaseAddress')?.value;
    return saved === undefined || saved === ''
      ? unmet(text('not entered'), text('The SCIM endpoint is not entered yet.'), {
          remedy: text('Copy it from Kiro settings, Identity management, and enter it.'),
          ...enter,
        })
      : unmet(text('not entered'), text('Entra has {0}, but the endpoint is not entered here.', saved), {
          remedy: text('Enter it if it is that of your Kiro profile.'),
          copy: saved,
          ...enter,
        });
  }
  const checked = checkScimEndpoint(entered, snapshot);
  if (!checked.ok)
    return unmet(text('wrong form'), checked.reason, { remedy: text('Enter the right endpoint.'), ...enter });
  return met(text('{0}', new URL(checked.endpoint).host), text('The endpoint is {0}.', checked.endpoint), {
    copy: checked.endpoint,
    portal: 'kiroConsole',
  });
}

function token(snapshot: Snapshot): Verdict {
  const { scim } = snapshot.kept;
  if (scim?.tokenStored === true) {
    return met(text('stored'), text('The token is in secret storage on this computer.'), {
      portal: 'kiroConsole',
    });
  }
  const saved =
    valueOf(snapshot.secrets)?.some(({ key, value }) => key === 'SecretToken' && value !== '') === true;
  return unmet(
    saved ? text('in Entra only') : text('not entered'),
    saved ? text('Entra has a token and never gives it back.') : text('The access token is not entered yet.'),
    {
      remedy: saved
        ? text('Enter the token if you still have it, or make a new one in the Kiro console and enter that.')
        : text(
            'In Kiro settings, Identity management, generate a token and enter it. Kiro shows it only once.',
          ),
      action: { kind: 'enterScimToken' },
      portal: 'kiroConsole',
    },
  );
}

function tokenAge(snapshot: Snapshot): Verdict {
  const { scim } = snapshot.kept;
  if (scim?.tokenStored !== true) {
    return manual(text('after the token'), text('The access token is not entered yet.'), {
      remedy: text('Enter the token and the day on which it was made.'),
      action: { kind: 'enterScimToken' },
    });
  }
  if (scim.tokenMadeAt === undefined) {
    return manual(text('day not known'), text('Kiro does not tell when a token was made.'), {
      remedy: text('Enter the day on which the token was made, as the Kiro console shows it.'),
      action: { kind: 'enterScimToken' },
      portal: 'kiroConsole',
    });
  }
  const days = Math.max(0, Math.floor((snapshot.at - scim.tokenMadeAt) / day));
  const label = days === 1 ? text('1 day old') : text('{0} days old', days);
  return snapshot.at - scim.tokenMadeAt < oldAfter
    ? met(label, text('The token was made {0} days ago.', days))
    : unmet(label, text('The token was made {0} days ago.', days), {
        remedy: text(
          'Generate a second token in the Kiro console, enter it here, apply, then revoke the old one.',
        ),
        action: { kind: 'enterScimToken' },
        portal: 'kiroConsole',
      });
}

function tokenCount(snapshot: Snapshot): Verdict {
  const count = snapshot.kept.scim?.tokenCount;
  const ticked = snapshot.kept.ticks.tokenCount;
  const look = { action: { kind: 'tick', tick: 'tokenCount' }, portal: 'kiroConsole' } as const;
  if (count === 0 && snapshot.kept.scim?.tokenStored === true) {
    return unmet(text('none left'), text('The Kiro console lists no token, so the stored one was revoked.'), {
      remedy: text('Generate a token in the Kiro console and enter it.'),
      action: { kind: 'enterScimToken' },
      portal: 'kiroConsole',
    });
  }
  if (count !== undefined && count > maxScimTokens) {
    return unmet(text('{0}', count), text('A Kiro profile takes at most {0} access tokens.', maxScimTokens), {
      remedy: text('Revoke tokens that are not used, then look again.'),
      ...look,
    });
  }
  if (ticked === undefined && count === undefined) {
    return manual(text('to look up'), text('No service tells how many tokens there are.'), {
      remedy: text(
        'See under Access tokens in Kiro settings that no unknown token is listed, then tick it here.',
      ),
      ...look,
    });
  }
  return met(
    count === undefined ? text('looked at') : text('{0} of {1}', count, maxScimTokens),
    ticked === undefined
      ? text('The Kiro console lists {0} tokens, as you said.', count ?? 0)
      : text('You looked at {0}.', { at: ticked }),
    { portal: 'kiroConsole' },
  );
}
