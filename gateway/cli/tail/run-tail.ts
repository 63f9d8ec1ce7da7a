/** Prints what a feed says until it is broken off. Notices about the feed itself go to standard error. */
import { formatEvent, type EventNames } from '../event-line.ts';
import { interruption } from '../interruption.ts';
import { brokerFor, NO_NAMES, siteFor } from '../mqtt/address.ts';
import { paletteFor } from '../text/palette.ts';
import { apiSource } from './api-source.ts';
import type { Listener } from './heard.ts';
import { mqttSource } from './mqtt-source.ts';
import type { TailOptions } from './options.ts';
import { watchSilence } from './silence.ts';

export async function runTail(options: TailOptions): Promise<void> {
  const site = await siteFor(options);
  const source = options.api === undefined ? mqttSource(await brokerFor(options, site)) : apiSource(options.api);
  const { faint } = paletteFor(process.stderr);
  const silence = watchSilence(options.silence, (seconds) => {
    console.error(faint(`nothing was heard for ${seconds} s: does the gateway run?`));
  });
  try {
    await source(printer(options, site ?? NO_NAMES, silence.heard), interruption());
  } finally {
    silence.stop();
  }
}

function printer({ json }: TailOptions, names: EventNames, alive: () => void): Listener {
  const colours = paletteFor(process.stdout);
  const notices = paletteFor(process.stderr);
  let down = false;
  return {
    alive,
    heard: (raw, event) => {
      const line = json ? JSON.stringify(raw) : event && formatEvent(event, names, colours);
      if (line !== null) console.log(line);
    },
    connection: (words, up) => {
      // A broker that is away is tried for ever and said once.
      if (up || !down) console.error(up ? notices.faint(words) : notices.warning(words));
      if (up) alive();
      down = !up;
    },
  };
}
