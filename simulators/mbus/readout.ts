/** What a slave tells of itself: the bodies of its RSP_UD, from the CI field on. */
import { bcd, hexLowFirst, integer, MORE_FOLLOWS } from './data-record.ts';
import { CI, POWER_LOW } from './codes.ts';
import type { FixedMedium, MbusModel, MbusMoment } from './model.ts';
import { addressBytes } from './secondary.ts';

/** CI and data, without the access number, which `withAccess` puts in. */
export type Body = Uint8Array;

const NO_SIGNATURE = [0, 0];
/** Behind CI and identification of the fixed form; behind CI and the whole secondary address of the variable one. */
const ACCESS_AT_FIXED = 5;
const ACCESS_AT_VARIABLE = 9;

/** Of the fixed form: EN 13757-3:2004, table of media. */
const FIXED_MEDIA: readonly FixedMedium[] = ['other', 'oil', 'electricity', 'gas', 'heat', 'steam', 'hotWater', 'water', 'heatCostAllocator']; // prettier-ignore

/** All telegrams of one moment; all but the last say that more follow. */
export function readout(model: MbusModel, moment: MbusMoment): readonly Body[] {
  const { content } = model;
  const status = statusOf(model, moment);
  if (content.kind === 'fixed') return [fixedBody(content, moment, status)];
  const { manufacturer, version, medium } = model;
  const header = [...addressBytes({ id: moment.id, manufacturer, version, medium }), 0, status, ...NO_SIGNATURE];
  const telegrams = content.telegrams(moment);
  return telegrams.map((records, index) => {
    const more = index < telegrams.length - 1 ? [MORE_FOLLOWS] : [];
    return Uint8Array.of(CI.variable, ...header, ...records, ...more);
  });
}

/** The same with the number of this reply. */
export function withAccess(body: Body, access: number): Body {
  const at = body[0] === CI.fixed ? ACCESS_AT_FIXED : ACCESS_AT_VARIABLE;
  return body.map((byte, index) => (index === at ? access : byte));
}

function statusOf(model: MbusModel, { local }: MbusMoment): number {
  const isLow = model.powerLowFrom !== null && local >= model.powerLowFrom;
  return model.status | (isLow ? POWER_LOW : 0);
}

/** ID, access number, status, media and units, two counters. The medium's four bits stand above the two units. */
function fixedBody(
  content: Extract<MbusModel['content'], { kind: 'fixed' }>,
  moment: MbusMoment,
  status: number,
): Body {
  const { units, values, coding } = content.counters(moment);
  const medium = FIXED_MEDIA.indexOf(content.medium);
  const unitBytes = [units[0] | ((medium & 0b11) << 6), units[1] | ((medium >> 2) << 6)];
  const counter = (value: number): Uint8Array => (coding === 'bcd' ? bcd(8, value) : integer(4, value)).bytes;
  const binary = coding === 'binary' ? 0x01 : 0x00;
  const head = [CI.fixed, ...hexLowFirst(moment.id), 0, status | binary, ...unitBytes];
  return Uint8Array.of(...head, ...counter(values[0]), ...counter(values[1]));
}
