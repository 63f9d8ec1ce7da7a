/** The same reads through the gateway's driver, bus and transport. */
import { createCodec } from '../../../drivers/modbus/codec.ts';
import { Master } from '../../../drivers/modbus/master.ts';
import { serve } from '../processes/serve.ts';
import { openBus } from './one-bus.ts';
import { loop, REGISTERS, type LoopProgram } from './transactions.ts';

const LIMIT = { maxRegisters: 125, maxBits: 2_000, evenRegisters: false };

await serve<LoopProgram>(async ({ port }) => {
  const { link } = await openBus(port);
  const master = new Master(createCodec(), 1, LIMIT);
  return {
    ready: null,
    answer: (question) => loop(() => master.read(link, 'holding', 0, REGISTERS), question),
  };
});
