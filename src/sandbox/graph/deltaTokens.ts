import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { GraphContext } from './context.ts';
import { GraphError } from './errors.ts';
import type { Entity } from './odata/rows.ts';
import type { Picture } from './snapshots.ts';

/** Where a client is with its delta query: what it will know at the end of the round, and the rows still to come. */
export interface Round {
  readonly picture: Picture;
  readonly pending: Entity[];
}

/** How long a link lasts (Microsoft 365 developer blog: Duration of change tracking tokens for identity resources). */
const lifetime = 7 * 24 * 60 * 60 * 1000;
/** Rounds that are remembered; a client that comes later starts anew. */
const mostRounds = 50;

/** The tokens of delta queries. They live as long as the process: after that the service has forgotten them. */
export function deltaTokens(clock: Clock): {
  keep(round: Round): string;
  /** 410 for a token that is unknown, or too old. */
  find(token: string, c: GraphContext): Round;
} {
  const rounds = new Map<string, Round & { readonly at: number }>();
  return {
    keep: (round) => {
      const token = randomBytes(24).toString('base64url');
      rounds.set(token, { ...round, at: clock.now() });
      const [oldest] = rounds.keys();
      if (rounds.size > mostRounds && oldest !== undefined) rounds.delete(oldest);
      return token;
    },
    find: (token, c) => {
      const round = rounds.get(token);
      if (round && clock.now() - round.at <= lifetime) return round;
      const url = new URL(c.req.url);
      const select = url.searchParams.get('$select');
      const query = select === null ? '' : `$select=${encodeURIComponent(select)}&`;
      throw new GraphError(
        410,
        'syncStateNotFound',
        'The sync state generation is not found. The delta token is expired and data must be synchronized again.',
        { Location: `${url.origin}${url.pathname}?${query}$deltatoken=` },
      );
    },
  };
}
