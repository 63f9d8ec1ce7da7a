/** Passwords, telephone numbers and the text of messages never travel on MQTT, wherever an event has put them. Pure. */
const NEVER: ReadonlySet<string> = new Set([
  'password', 'passcode', 'pin', 'secret', 'token', 'phone', 'telephone', 'mobile', 'content',
]); // prettier-ignore

type Data = Readonly<Record<string, unknown>>;

/** `data` without the keys that may not leave the box, at any depth. */
export function withoutSensitive(data: Data): Data {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([key]) => !NEVER.has(key.toLowerCase()))
      .map(([key, value]) => [key, clean(value)]),
  );
}

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean);
  return typeof value === 'object' && value !== null ? withoutSensitive(value as Data) : value;
}
