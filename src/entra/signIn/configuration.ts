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
          const stored = await cache.load();
          if (stored !== undefined) tokenCache.deserialize(stored);
        },
        async afterCacheAccess({ cacheHasChanged, tokenCache }) {
          if (cacheHasChanged) await cache.save(tokenCache.serialize());
        },
      },
    },
    system: {
      ...(sandboxLogin !== undefined && { networkClient: sandboxNetwork(cloud.login, sandboxLogin) }),
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
