/**
 * Ends MSAL's wait for an answer on its loopback port, which nothing else can end: posts to it what Microsoft's page
 * posts when a person cancels.
 */
export async function stopWaiting(authorizeUrl: string): Promise<void> {
  const asked = new URL(authorizeUrl).searchParams;
  const wayBack = new URL(asked.get('redirect_uri') ?? '');
  // MSAL listens on 127.0.0.1 alone, and `localhost` may mean ::1 first.
  wayBack.hostname = '127.0.0.1';
  await fetch(wayBack, {
    method: 'POST',
    body: new URLSearchParams({ error: 'access_denied', state: asked.get('state') ?? '' }),
  }).catch(() => undefined);
}

/** A promise that rejects when the signal is aborted, and how to let go of it. */
export function cancelledBy(signal: AbortSignal | undefined): {
  readonly promise: Promise<never>;
  readonly release: () => void;
} {
  let release: () => void = () => undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(new Error('Aborted.'));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    release = () => signal?.removeEventListener('abort', stop);
  });
  // Nobody may be waiting any more when it is aborted.
  promise.catch(() => undefined);
  return { promise, release };
}
