/** Ctrl-C as something that a command can bring to a good end. */

/** Aborted by the first SIGINT or SIGTERM; a second one ends the process at once, as it does without this. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
