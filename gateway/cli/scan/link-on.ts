/** How somebody on an open line is spoken to who is in no configuration. */
import type { Link } from '../../../drivers/contract.ts';
import { createLink } from '../../bus/link.ts';
import { systemClock } from '../../clock.ts';
import { deviceSchema, type BusConfig } from '../../config/schema.ts';
import type { SerialRate } from '../../config/wire-time.ts';
import type { OpenLine } from '../line/open-line.ts';

export interface Spoken {
  /** Of a Modbus device. */
  readonly unit?: number;
  /** Null on Modbus TCP. */
  readonly rate: SerialRate | null;
  readonly timeoutMs: number;
}

export function linkOn({ bus }: Pick<OpenLine, 'bus'>, config: BusConfig, { unit, rate, timeoutMs }: Spoken): Link {
  const device = deviceSchema.parse({
    id: unit === undefined ? 'anybody' : `unit-${unit}`,
    bus: config.id,
    unit,
    profile: 'none',
    replyTimeoutMs: timeoutMs,
    ...(config.type === 'serial' && rate ? { serial: { ...rate } } : {}),
  });
  return createLink(bus, config, device, systemClock, { priority: 'ordinary' });
}
