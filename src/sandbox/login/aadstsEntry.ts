/** One code of the login server. */
export interface AadstsEntry {
  /** OAuth's `error` value. */
  readonly error: string;
  /** Sentence as Entra words it; `{0}`… are filled in. */
  readonly text: string;
  readonly suberror?: string;
  /** Shown on Entra's own page where a person is present, never returned to the application from there. */
  readonly page?: true;
}
