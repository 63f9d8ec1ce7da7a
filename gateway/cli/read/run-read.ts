/** Opens the line of one device, reads it once, and prints what came back. */
import { createLink } from '../../bus/link.ts';
import { systemClock } from '../../clock.ts';
import { addressOf } from '../../config/open-session.ts';
import { EXIT } from '../exit.ts';
import { refuseIfHeld } from '../line/holder.ts';
import { openLine, type OpenLine } from '../line/open-line.ts';
import type { ReadOptions } from './options.ts';
import { paletteFor } from '../text/palette.ts';
import { exchangeLines, exchangeView, type ExchangeView } from './exchange-lines.ts';
import type { Reader } from './reader.ts';
import { pointLabels } from './point-labels.ts';
import { protocolOf } from './protocol-of.ts';
import { readPoints } from './read-points.ts';
import { readRaw } from './read-raw.ts';
import { findTarget, type Target } from './target.ts';

export async function runRead(id: string | undefined, options: ReadOptions): Promise<void> {
  const target = await findTarget(id, options);
  await refuseIfHeld(target);
  const line = await openLine(target.bus);
  try {
    await read(target, line, options);
  } finally {
    await line.close();
  }
}

async function read(target: Target, line: OpenLine, options: ReadOptions): Promise<void> {
  const { bus, device, wanted } = target;
  const { json, wire = process.stdout.isTTY } = options;
  const colours = paletteFor(process.stdout);
  const link = createLink(line.bus, bus, device, systemClock, { priority: 'ordinary' });
  const profile = 'profile' in wanted ? wanted.profile : null;
  const protocol = protocolOf(profile, link.medium);
  const labelOf = profile === null ? undefined : pointLabels(profile);
  const exchanges: ExchangeView[] = [];
  const exchanged = (): void => {
    for (const overheard of line.overheard()) {
      exchanges.push(exchangeView(protocol, overheard));
      if (wire && !json) console.log(exchangeLines(protocol, overheard, colours, labelOf).join('\n'));
    }
  };
  const reader: Reader = { ...target, link, options, exchanged };
  const { view, lines, complete } = await ('profile' in wanted
    ? readPoints(reader, wanted.profile, colours)
    : readRaw(reader, wanted.raw, colours));
  if (json)
    console.log(JSON.stringify({ device: device.id, bus: bus.id, address: addressOf(device), ...view, exchanges }));
  else for (const text of lines) console.log(text);
  if (!complete) process.exitCode = EXIT.findings;
}
