import type { Clock } from '../clock.ts';
import { GraphError } from './errors.ts';

/** Lets so many calls through in so many seconds of the sandbox's clock; above that 429 with `Retry-After`. */
export function createThrottle(clock: Clock, limit: { requests: number; seconds: number }): () => void {
  let recent: number[] = [];
  return () => {
    const now = clock.now();
    recent = recent.filter((at) => at > now - limit.seconds * 1000);
    const oldest = recent[0];
    if (recent.length >= limit.requests && oldest !== undefined) {
      const wait = Math.max(1, Math.ceil((oldest + limit.seconds * 1000 - now) / 1000));
      throw new GraphError(429, 'TooManyRequests', 'Too many requests.', { 'Retry-After': String(wait) });
    }
    recent.push(now);
  };
}
