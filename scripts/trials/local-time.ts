/** Local times of the homes, such as `2026-11-01T00:00:00`. Pure. */

/** The same, so many seconds later. */
export function shifted(local: string, seconds: number): string {
  return new Date(Date.parse(`${local}Z`) + seconds * 1_000).toISOString().slice(0, 19);
}

/** From the one to the other. */
export function secondsBetween(earlier: string, later: string): number {
  return (Date.parse(`${later}Z`) - Date.parse(`${earlier}Z`)) / 1_000;
}

/** Of a month such as `2026-11`: its beginning and that of the next one. */
export function boundsOf(month: string): [from: string, to: string] {
  const from = `${month}-01T00:00:00`;
  const next = new Date(Date.parse(`${from}Z`));
  next.setUTCMonth(next.getUTCMonth() + 1);
  return [from, next.toISOString().slice(0, 19)];
}
