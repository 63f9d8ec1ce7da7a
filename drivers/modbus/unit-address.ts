/** Unit addresses. MODBUS over Serial Line V1.02, 2.2; Messaging on TCP/IP V1.0b, 4.4.2. */
import type { Addressing } from '../contract.ts';

/** 0 is broadcast, 248 to 255 are reserved. */
const HIGHEST_LINE_UNIT = 247;

export const unitAddressing: Addressing = {
  key: 'unit',
  parse(text, bus) {
    const unit = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
    if (unit >= 1 && unit <= HIGHEST_LINE_UNIT) return { ok: true, address: String(unit) };
    if (bus === 'modbus-tcp') {
      if (unit === 0 || unit === 255) return { ok: true, address: String(unit) };
      const hint = `1 to ${HIGHEST_LINE_UNIT}, or 0 or 255 for the server itself`;
      return { ok: false, message: `unit ${text} is reserved`, hint };
    }
    const why = unit === 0 ? 'is for broadcasts, which nobody answers' : 'is reserved';
    return { ok: false, message: `unit ${text} ${why} on a serial line`, hint: `1 to ${HIGHEST_LINE_UNIT}` };
  },
};
