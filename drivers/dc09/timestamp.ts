/** The time in a frame: `HH:MM:SS,MM-DD-YYYY`, GMT. ANSI/SIA DC-09, 5.5.1.8. */

const FORM = /^(\d\d):(\d\d):(\d\d),(\d\d)-(\d\d)-(\d{4})$/;

/** `time`: Unix milliseconds; what is less than a second is cut off. */
export function writeTimestamp(time: number): string {
  const [date = '', clock = ''] = new Date(time).toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${clock.slice(0, 8)},${month}-${day}-${year}`;
}

/** Unix milliseconds; null for what is no time that there is. */
export function readTimestamp(text: string): number | null {
  const [, hour = '', minute = '', second = '', month = '', day = '', year = ''] = FORM.exec(text) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // Some engines take 31 February for a day of March.
  return Number.isNaN(time) || writeTimestamp(time) !== text ? null : time;
}
