import type { Context, MiddlewareHandler } from 'hono';
import type { LoginMemory } from '../login/memory.ts';
import type { LoginKeys } from '../login/tokens.ts';
import type { Provisioning } from '../provisioning/types.ts';
import type { SandboxState } from '../state.ts';
import type { DirectoryLimits } from './limits.ts';

/** What every Graph route works with. */
export interface GraphDeps {
  readonly state: SandboxState;
  readonly keys: LoginKeys;
  readonly provisioning: Provisioning;
  /** What the login server knows of revoked sessions and claims that are to be asked for. */
  readonly signIns?: LoginMemory;
  /** Sizes of the throttling buckets other than the documented ones. */
  readonly limits?: DirectoryLimits;
  /** Runs before each request, the parts of a batch too: scripted faults. */
  readonly onRequest?: MiddlewareHandler;
  /** Told about each answer, the parts of a batch too. */
  readonly onAnswer?: (answer: GraphAnswer) => void;
}

/** One answered request; never a body or a token. */
export interface GraphAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Whether it came as a part of a `$batch`. */
  readonly inBatch: boolean;
}

/** Who calls, as the access token says. */
export interface Caller {
  readonly objectId: string;
  /** The application that the token was issued to. */
  readonly clientId: string;
  readonly isApp: boolean;
  /** A guest whom the authorization policy gives less than a member. */
  readonly isGuest: boolean;
  readonly permissions: ReadonlySet<string>;
  readonly roleTemplateIds: readonly string[];
}

export interface GraphEnv {
  Variables: { caller: Caller; requestId: string; clientRequestId: string };
}

export type GraphContext = Context<GraphEnv>;

/** The `@odata.context` address of an answer. */
export function metadata(deps: GraphDeps, path: string): string {
  return `${deps.state.origins.graph}/v1.0/$metadata#${path}`;
}
