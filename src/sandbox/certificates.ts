/** Key and certificate of a server, as PEM. */
export interface Certificate {
  readonly privateKey: string;
  readonly certificate: string;
}
