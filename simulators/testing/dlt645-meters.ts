/** DL/T 645 meters for tests: asked in-process, at a local time that the test moves. */
import { hex } from '../../drivers/bytes/hex.ts';
import { nothing, type Drawn } from '../metering/drawn.ts';
import { localMs, type LocalMs } from '../metering/local-time.ts';
import { MeterClock } from '../metering/meter-clock.ts';
import { createRegister } from '../metering/register.ts';
import { dlt645Meter } from '../dlt645/meter.ts';
import type { Dlt645Options } from '../dlt645/model.ts';
import type { LineDevice } from '../wire/line-device.ts';
import { wireReply, wireRequest, type WireReply } from './dlt645-frames.ts';
import { bytes } from './hex.ts';

export const NOVEMBER = localMs(2026, 11, 1);
export const ADDRESS = '563412004321';

export interface TestMeter {
  readonly device: LineDevice;
  /** The reply as it stands on the wire; '' where there is none. */
  raw(request: string, at?: LocalMs): string;
  /** The reply to `control` with `data`, of whatever address. Throws where there is none. */
  ask(control: string, data: string, at?: LocalMs, address?: string): WireReply;
  /** The data of an item, its identifier as people write it; 'D1 02' where it is refused. */
  read(di: string, at?: LocalMs): string;
}

export interface TestMeterOptions extends Partial<Dlt645Options> {
  readonly drawn?: Drawn;
  /** Wh, by tariff. Default: two tariffs. */
  readonly initial?: readonly number[];
  readonly aheadMs?: number;
}

/** The local time of the community is what `now` is. */
export function testMeter(options: TestMeterOptions = {}): TestMeter {
  const { drawn = nothing, initial = [0, 0], aheadMs = 0, ...others } = options;
  const device = dlt645Meter({
    id: 'm',
    address: ADDRESS,
    time: { local: (now) => now, monotonic: (local) => local },
    clock: new MeterClock({ since: localMs(2026, 1, 1), aheadMs }),
    register: createRegister({ drawn, initial, modulus: 1e9 }),
    ...others,
  });
  const raw = (request: string, at = NOVEMBER): string => {
    const answer = device.answer(bytes(request), at);
    return typeof answer === 'object' ? hex(answer.frame) : '';
  };
  const ask: TestMeter['ask'] = (control, data, at, address = device.address) =>
    wireReply(raw(wireRequest(address, control, data), at));
  return {
    device,
    raw,
    ask,
    read(di, at) {
      const identifier = di.replaceAll(/../g, '$& ').trim().split(' ').reverse().join('').toLowerCase();
      const { control, data } = ask(di.length === 4 ? '01' : '11', identifier, at);
      return control === '91' || control === '81' ? data.slice(identifier.length) : `${control} ${data}`;
    },
  };
}
