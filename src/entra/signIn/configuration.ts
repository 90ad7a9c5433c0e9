import { LogLevel, type Configuration } from '@azure/msal-node';
import { graphCommandLineTools, type SignInOptions } from './account.ts';
import { sandboxNetwork } from './sandboxLogin.ts';

/** How MSAL is set up: able to answer claims challenges, its cache in secret storage, nothing personal in the log. */
export function configurationOf({
  cloud,
  clientId,
  tenant,
  cache,
  sandboxLogin,
  log,
}: SignInOptions): Configuration {
  let release = nothingHeld;
  return {
    auth: {
      clientId: clientId ?? graphCommandLineTools,
      authority: `${cloud.login}/${tenant ?? 'organizations'}`,
      // Able to answer claims challenges ("Continuous access evaluation").
      clientCapabilities: ['cp1'],
    },
    cache: {
      cachePlugin: {
        async beforeCacheAccess({ tokenCache }) {
          release = await cache.hold();
          // Another window may have signed out: what this one remembers must not come back.
          tokenCache.deserialize((await cache.load()) ?? '{}');
        },
        async afterCacheAccess({ cacheHasChanged, tokenCache }) {
          try {
            if (cacheHasChanged) await cache.save(tokenCache.serialize());
          } finally {
            // Once only: the next access may fail before it holds anything, and what others hold is not ours to let go.
            const letGo = release;
            release = nothingHeld;
            await letGo();
          }
        },
      },
    },
    system: {
      ...(sandboxLogin !== undefined && { networkClient: sandboxNetwork(cloud, sandboxLogin) }),
      loggerOptions: {
        logLevel: LogLevel.Warning,
        piiLoggingEnabled: false,
        loggerCallback: (_level, message, containsPii) => {
          if (!containsPii) log?.debug(message);
        },
      },
    },
  };
}

async function nothingHeld(): Promise<void> {
  // Nobody waits.
}
