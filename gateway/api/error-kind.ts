/** What is said of an error besides its code. */
export interface ErrorKind {
  readonly status: 400 | 403 | 404 | 405 | 409 | 410 | 413 | 414 | 415 | 422 | 500 | 503;
  readonly meaning: string;
}
