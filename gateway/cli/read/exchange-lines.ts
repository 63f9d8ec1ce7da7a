/** A request and what came back, byte by byte, for a person with a cable and a doubt. Pure. */
import { hex } from '../../../drivers/bytes/hex.ts';
import type { Entry, FrameContext } from '../decode/entry.ts';
import type { ProtocolName } from '../decode/protocol-names.ts';
import { protocols } from '../decode/protocols.ts';
import { entryLines } from '../decode/render.ts';
import type { Overheard } from '../line/wire-tap.ts';
import { counted } from '../text/counted.ts';
import type { Palette } from '../text/palette.ts';

/** For `--json`. */
export interface ExchangeView {
  readonly request: string;
  readonly received: string;
  /** To the last byte received; null where nothing came. */
  readonly tookMs: number | null;
  readonly entries: readonly Entry[];
}

/** Request and reply are explained as one stream: a reply is read with what its request asked. */
function explain(protocol: ProtocolName, { sent, received }: Overheard) {
  const bytes = Buffer.concat([sent, received]);
  return { bytes, entries: protocols[protocol].explain(bytes) };
}

export function exchangeView(protocol: ProtocolName, overheard: Overheard): ExchangeView {
  const { sent, received, tookMs } = overheard;
  return {
    request: hex(sent),
    received: hex(received),
    tookMs: tookMs === null ? null : Math.round(tookMs * 10) / 10,
    entries: explain(protocol, overheard).entries,
  };
}

/** `labelOf`: the points of the device's model, by function and address. */
export function exchangeLines(
  protocol: ProtocolName,
  overheard: Overheard,
  colours: Palette,
  labelOf?: FrameContext['labelOf'],
): string[] {
  const { sent, received, tookMs } = overheard;
  const { bytes, entries } = explain(protocol, overheard);
  const blocks = entryLines(protocols[protocol], bytes, entries, colours, { second: sent.length, labelOf });
  const ofRequest = entries.filter(({ offset }) => offset < sent.length).length;
  const outcome =
    tookMs === null
      ? colours.bad('← nothing came back')
      : colours.strong(
          `← ${counted(received.length, 'byte')}, the last ${tookMs.toFixed(1)} ms after the request began`,
        );
  return [
    colours.strong(`→ ${counted(sent.length, 'byte')}`),
    ...blocks.slice(0, ofRequest).flat(),
    outcome,
    ...blocks.slice(ofRequest).flat(),
    '',
  ];
}
