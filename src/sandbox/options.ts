import { parseArgs } from 'node:util';
import { cloudNames, readCloud } from './clouds.ts';
import type { CloudName } from './clouds.ts';
import { lagNamed } from './replication/lag.ts';
import type { Lag } from './replication/lag.ts';
import { presetSummaries, readPreset } from './presets/presets.ts';
import type { PresetName } from './presets/presets.ts';

/** What a sandbox is started with. */
export interface SandboxOptions {
  /** Port of Graph; the others follow it. 0 takes any that are free. */
  readonly port: number;
  /** Milliseconds that every answer waits. */
  readonly latency: number;
  /** More people than those with a name, as direct members of the group "Staff". */
  readonly users: number;
  /** Serve by https, with a certificate authority made at start. */
  readonly https: boolean;
  readonly preset: PresetName;
  /** The cloud that the tenant is of. */
  readonly cloud: CloudName;
  /** Sandbox seconds in a real one. */
  readonly clock: number;
  /** Entra ID P1. */
  readonly premium: boolean;
  /** What comes of assigning a group without P1. */
  readonly unlicensedGroups: 'inert' | 'refused';
  /** How long reads lag behind writes. */
  readonly lag: Lag;
  /**
   * File that keeps the tenant beyond this process: loaded where it exists, and kept up to date. A loaded tenant has its
   * own people, licence, cloud and preset.
   */
  readonly state?: string;
}

export interface CommandLine extends SandboxOptions {
  /** Print the first line as JSON. */
  readonly json: boolean;
  /** End when standard input closes. */
  readonly parentPipe: boolean;
  readonly help: boolean;
}

/** A command line that can't be understood; the message is a sentence for the person who wrote it. */
export class UsageError extends Error {}

export const usage = `Usage: npm run sandbox -- [options]

  --json           print the addresses as one JSON object on the first line
  --preset NAME    what the tenant starts from, see below; blank unless told
  --port N         port of Graph, the others follow; 0 takes any (default)
  --latency MS     delay every answer
  --users N        add N people, members of the group "Staff"
  --licence NAME   p1 (default) or none
  --cloud NAME     global (default), usgov, dod, or china (21Vianet)
  --unlicensed-groups WHAT
                   assigning a group without p1: inert (default) or refused
  --lag NAME       reads lag behind writes: none, realistic, or milliseconds; by default none with --json
  --clock N        let the sandbox's clock run N times as fast
  --state FILE     load the tenant from FILE where it exists, and keep it there
  --https          serve by https, with a certificate authority made at start
  --parent-pipe    end when standard input closes

Presets:
${presetSummaries.map(([name, summary]) => `  ${name.padEnd(24)} ${summary}`).join('\n')}
`;

/** Reads the command line. Throws `UsageError`. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const values = parsed(args);
  const preset = readPreset(values.preset ?? 'blank');
  if (!preset)
    throw new UsageError(
      `There is no preset '${String(values.preset)}'; choose one of ${presetSummaries.map(([name]) => name).join(', ')}, where N is a whole number from 1 to 200000.`,
    );
  const cloud = readCloud(values.cloud ?? 'global');
  if (!cloud)
    throw new UsageError(
      `There is no cloud '${String(values.cloud)}'; choose one of ${cloudNames.join(', ')}.`,
    );
  const licence = values.licence ?? 'p1';
  if (licence !== 'p1' && licence !== 'none')
    throw new UsageError(`The licence '${licence}' is unknown; choose p1 or none.`);
  const unlicensedGroups = values['unlicensed-groups'] ?? 'inert';
  if (unlicensedGroups !== 'inert' && unlicensedGroups !== 'refused')
    throw new UsageError(`--unlicensed-groups takes inert or refused, not '${unlicensedGroups}'.`);
  const json = values.json ?? false;
  // People meet the tenant as it is; programs that measure or compare ask for it.
  const lag = lagNamed(values.lag ?? (json ? 'none' : 'realistic'));
  if (!lag) throw new UsageError('--lag takes none, realistic, or whole milliseconds.');
  return {
    json,
    parentPipe: values['parent-pipe'] ?? false,
    help: values.help ?? false,
    port: number('port', values.port, { default: 0, most: 65_530 }),
    latency: number('latency', values.latency, { default: 0, most: 60_000 }),
    users: number('users', values.users, { default: 0, most: 100_000 }),
    clock: number('clock', values.clock, { default: 1, least: 1, most: 100_000 }),
    https: values.https ?? false,
    preset,
    cloud,
    premium: licence === 'p1',
    unlicensedGroups,
    lag,
    ...(values.state === undefined ? {} : { state: values.state }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean' },
        preset: { type: 'string' },
        port: { type: 'string' },
        latency: { type: 'string' },
        users: { type: 'string' },
        licence: { type: 'string' },
        cloud: { type: 'string' },
        'unlicensed-groups': { type: 'string' },
        lag: { type: 'string' },
        clock: { type: 'string' },
        state: { type: 'string' },
        https: { type: 'boolean' },
        'parent-pipe': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function number(
  name: string,
  text: string | undefined,
  range: { default: number; least?: number; most: number },
): number {
  if (text === undefined) return range.default;
  const value = Number(text);
  const least = range.least ?? 0;
  if (!Number.isInteger(value) || value < least || value > range.most)
    throw new UsageError(`--${name} takes a whole number from ${least} to ${range.most}.`);
  return value;
}
