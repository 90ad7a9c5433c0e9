import { parseArgs } from 'node:util';

export interface RehearseArgs {
  readonly json: boolean;
  /** File that holds the first line of a running sandbox. */
  readonly sandbox?: string;
  /** What the sandbox that is started is told. */
  readonly sandboxArgs: readonly string[];
}

/** Reads the command line. Throws an `Error` for an option that does not exist. */
export function readArgs(argv: readonly string[]): RehearseArgs {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      json: { type: 'boolean', default: false },
      sandbox: { type: 'string' },
      preset: { type: 'string' },
      cloud: { type: 'string' },
      latency: { type: 'string' },
      users: { type: 'string' },
      lag: { type: 'string' },
    },
  });
  const { json, sandbox, ...forSandbox } = values;
  if (sandbox !== undefined && Object.keys(forSandbox).length > 0) {
    throw new Error(
      '--sandbox works on a running sandbox: preset, cloud, latency, users and lag belong to the command that started it.',
    );
  }
  return {
    json,
    ...(sandbox !== undefined && { sandbox }),
    sandboxArgs: Object.entries(forSandbox).flatMap(([name, value]) => [`--${name}`, value]),
  };
}
