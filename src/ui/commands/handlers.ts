import { applyCommands } from './applyCommands.ts';
import { connectionCommands } from './connectionCommands.ts';
import type { CommandDeps } from './deps.ts';
import { domainCommands } from './domainCommands.ts';
import { exportCommands } from './exportCommands.ts';
import { kiroCommands } from './kiroCommands.ts';
import { openCommands } from './openCommands.ts';
import { peopleCommands } from './peopleCommands.ts';
import type { Handlers } from './registry.ts';

/** What carries out each command. This room is entered when the first command is run. */
export function handlers(deps: CommandDeps): Handlers {
  return {
    ...connectionCommands(deps),
    ...applyCommands(deps),
    ...domainCommands(deps),
    ...kiroCommands(deps),
    ...exportCommands(deps),
    ...openCommands(deps),
    ...peopleCommands(deps),
  };
}
