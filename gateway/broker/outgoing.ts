/**
 * Data of events and commands as it leaves the box, whatever has put it together: passwords, telephone numbers and the
 * text of messages stay here, and times, which the store has in Unix milliseconds, go out as text. Pure.
 */
import { iso } from './messages.ts';

const NEVER: ReadonlySet<string> = new Set([
  'password', 'passcode', 'pin', 'secret', 'token', 'phone', 'telephone', 'mobile', 'content',
]); // prettier-ignore

/** How rows name a time: `at`, `sentAt`. */
const TIME = /^at$|[a-z]At$/;

type Data = Readonly<Record<string, unknown>>;

/** `data` for others, at any depth. */
export function outgoing(data: Data): Data {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([key]) => !NEVER.has(key.toLowerCase()))
      .map(([key, value]) => [key, TIME.test(key) && typeof value === 'number' ? iso(value) : inside(value)]),
  );
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return typeof value === 'object' && value !== null ? outgoing(value as Data) : value;
}
