/** Counts the HTTP requests that went to Microsoft Graph; a `$batch` is one. */
export interface Meter {
  readonly requests: number;
  /** The longest chain of requests each of which was started after the one before it had ended. */
  readonly roundTrips: number;
  /** A request starts; call what is returned once, when its answer is complete or it failed. */
  started(): () => void;
}

/** A meter that stands at nought. */
export function createMeter(): Meter {
  let requests = 0;
  let roundTrips = 0;
  let moment = 0;
  let chainEnd = -1;
  return {
    get requests() {
      return requests;
    },
    get roundTrips() {
      return roundTrips;
    },
    started() {
      requests += 1;
      const start = moment++;
      return () => {
        // Ends come in order of time, so taking each that doesn't overlap the last one taken is the longest chain.
        if (start > chainEnd) {
          roundTrips += 1;
          chainEnd = moment++;
        }
      };
    },
  };
}
