/** Other sizes of the buckets than the documented ones, for tests; absent: as documented. */
export interface DirectoryLimits {
  /** Resource units in ten seconds, for an application in a tenant. */
  resourceUnits?: number | undefined;
  /** Writes in two and a half minutes, for an application in a tenant. */
  writes?: number | undefined;
}
