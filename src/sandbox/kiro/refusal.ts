/** The console says no: one sentence for the person, and the HTTP status for a program. */
export class Refusal extends Error {
  readonly status: 400 | 403 | 404 | 409;
  constructor(status: 400 | 403 | 404 | 409, sentence: string) {
    super(sentence);
    this.status = status;
  }
}
