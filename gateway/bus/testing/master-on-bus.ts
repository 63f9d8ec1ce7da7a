/** A Modbus master on a bus to a serial device server on this machine, without a breaker: whatever fails is asked again. */
import { onTestFinished } from 'vitest';
import { createCodec } from '../../../drivers/modbus/codec.ts';
import { Master } from '../../../drivers/modbus/master.ts';
import { systemClock } from '../../clock.ts';
import { busSchema, deviceSchema } from '../../config/schema.ts';
import { until } from '../../testing/programs.ts';
import { Bus } from '../bus.ts';
import { createLink } from '../link.ts';
import { tcpTransport } from '../tcp.ts';

/** Of unit 1, the bus's device `d`. Open when it resolves; closed when the test is over. */
export async function masterOnBus(port: number, replyTimeoutMs: number) {
  const breaker = { failures: 10_000, firstBackoffMs: 100, maxBackoffMs: 100 };
  const settings = { id: 'b', interByteTimeoutMs: 10, echo: false, breaker, silenceLimit: 0 };
  const bus = new Bus(tcpTransport('127.0.0.1', port), settings, systemClock);
  bus.start();
  onTestFinished(() => bus.stop());
  await until(() => bus.state === 'open', 'the bus to open');
  const where = { type: 'tcp-serial', host: '127.0.0.1', port, baud: 115200, replyTimeoutMs };
  const config = busSchema.parse({ id: 'b', ...where });
  const device = deviceSchema.parse({ id: 'd', bus: 'b', unit: 1, profile: 'none' });
  const link = createLink(bus, config, device, systemClock, { priority: 'ordinary' });
  const master = new Master(createCodec(), 1, { maxRegisters: 125, maxBits: 16, evenRegisters: false });
  return { bus, link, master };
}
