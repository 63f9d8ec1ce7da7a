/** A bus of the gateway on a Modbus TCP server, and one device on it. */
import { createLink } from '../../../gateway/bus/link.ts';
import { Bus } from '../../../gateway/bus/bus.ts';
import { tcpTransport } from '../../../gateway/bus/tcp.ts';
import { systemClock } from '../../../gateway/clock.ts';
import { busSchema, deviceSchema } from '../../../gateway/config/schema.ts';
import { METER_PROFILE } from '../processes/meter-profile.ts';

/** Resolves once it is connected. */
export async function openBus(port: number) {
  const busConfig = busSchema.parse({ id: 'tcp', type: 'modbus-tcp', host: '127.0.0.1', port });
  const config = deviceSchema.parse({ id: 'm1', bus: 'tcp', unit: 1, profile: METER_PROFILE });
  const { id, interByteTimeoutMs, echo, breaker } = busConfig;
  const settings = { id, interByteTimeoutMs, echo, breaker, silenceLimit: 0 };
  const { promise: changed, resolve } = Promise.withResolvers<undefined>();
  const bus = new Bus(tcpTransport('127.0.0.1', port), settings, systemClock, () => resolve(undefined));
  bus.start();
  await changed;
  if (bus.state !== 'open') throw new Error(bus.reason ?? 'the bus did not open');
  const link = createLink(bus, busConfig, config, systemClock, { priority: 'ordinary' });
  return { bus, busConfig, config, link };
}
