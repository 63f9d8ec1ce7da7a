/** The reference: modbus-serial as its README uses it, and nothing around it. */
import modbusSerial from 'modbus-serial';
import { serve } from '../processes/serve.ts';
import { loop, REGISTERS, type LoopProgram } from './transactions.ts';

await serve<LoopProgram>(async ({ port }) => {
  const client = new modbusSerial.default();
  await client.connectTCP('127.0.0.1', { port });
  client.setID(1);
  client.setTimeout(5_000);
  return {
    ready: null,
    answer: (question) => loop(() => client.readHoldingRegisters(0, REGISTERS), question),
  };
});
