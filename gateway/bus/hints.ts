/** What a line's figures suggest to whoever looks after it, in words. */

/** Three of a few: an echo now and then may be a collision, or a device that mistakes a request for its own. */
const MANY_ECHOES = 0.08;

/** `strayEchoes`: share of the latest exchanges. `repeating`: devices that answer more often than they are asked. */
export function hintOf(strayEchoes: number, repeating: readonly string[]): string | null {
  const hints: string[] = [];
  if (strayEchoes > MANY_ECHOES)
    hints.push('requests come back before their replies: the adapter echoes, set `echo: true`');
  if (repeating.length > 0)
    hints.push(
      `more replies come than are asked for (${repeating.join(', ')}): look for a second master, a repeater, or two devices with one address`,
    );
  return hints.length > 0 ? hints.join('; ') : null;
}
