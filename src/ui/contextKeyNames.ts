/** Context keys that the extension sets; the manifest's when clauses ask for no other of ours. */
export const contextKeyNames = [
  /** A `ViewState`. */
  'kiroConnect.state',
  /** A session is open, whatever it could see. */
  'kiroConnect.connected',
  /**
   * No session is open, and none is left from the last window. Not set while VS Code starts, so that a view which asks for
   * its absence is where it was.
   */
  'kiroConnect.disconnected',
  'kiroConnect.signedIn',
  'kiroConnect.sandboxRunning',
  /** A sign-in or an apply runs: commands that would cross it are disabled. */
  'kiroConnect.busy',
  /** The tenant has applications that look like Kiro's. */
  'kiroConnect.candidates',
  'kiroConnect.severalConnections',
  /** Comes and goes when VS Code shows an editor of its own; see `walkthrough.ts`. */
  'kiroConnect.walkthroughShown',
  'kiroConnect.step1Met',
  'kiroConnect.step2Met',
  'kiroConnect.step3Met',
  'kiroConnect.step4Met',
  'kiroConnect.step5Met',
] as const;

export type ContextKey = (typeof contextKeyNames)[number];
