/** The schema of a bus: what is common to the lines, and what each type of line has of its own. */
import { z } from 'zod';
import { host, id, ms, port, text } from './schema-fields.ts';

export const serialFormat = z.enum(['8N1', '8E1', '8O1', '8N2', '7E1', '7O1', '8E2', '8O2', '7N2']);
export const baud = z.literal([300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200]);

const lineSettings = {
  id: id.describe('Devices name their bus by it'),
  nameZh: text.optional().describe('What people call it'),
  fedBy: id.optional().describe('The equipment that gives its server or adapter power'),
  replyTimeoutMs: ms(10)
    .default(500)
    .describe('From the end of the request to the end of waiting for a reply to start'),
  interByteTimeoutMs: ms(5).default(100).describe('Longest pause inside a reply'),
  retries: z
    .int()
    .min(0)
    .max(5)
    .default(1)
    .describe(
      'How often a poll is asked again before it counts as failed; after silence its neighbours on the line go first',
    ),
  turnaroundMs: ms()
    .default(20)
    .describe('How long its devices usually take to answer; for the planner and the budget'),
  gapMs: z
    .number()
    .min(0)
    .optional()
    .describe(
      'Silence before each request, in ms; unset: 3.5 characters, and 1.75 ms above 19200 baud; for meters 33 bits',
    ),
  echo: z.boolean().default(false).describe('The adapter hears what it sends'),
  breaker: z
    .strictObject({
      failures: z.int().min(1).default(3).describe('So many failures in a row and the device rests'),
      firstBackoffMs: ms(100).default(2_000).describe('The first rest; each next one is twice as long'),
      maxBackoffMs: ms(100).default(60_000).describe('The longest rest between two probes'),
    })
    .prefault({})
    .describe('When a device that does not answer stops costing its neighbours time'),
};

/** What a bus of any type may have: all that can be checked of one whose type nobody knows. */
export const anyBusSchema = z.object(lineSettings);

export const busSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...lineSettings,
    type: z.literal('serial').describe('A serial port of this machine'),
    path: text.describe('The port; a path under /dev/serial/by-id/ stays when a USB plug moves'),
    baud: baud.default(9600).describe('Bits per second'),
    format: serialFormat.default('8N1').describe('Data bits, parity, stop bits'),
  }),
  z.strictObject({
    ...lineSettings,
    type: z.literal('tcp-serial').describe('Serial device server in transparent mode: RTU over TCP'),
    host: host.describe('Name or address of the server'),
    port: port.describe('TCP port of the server'),
    baud: baud.default(9600).describe('Of the serial side, for the budget'),
    format: serialFormat.default('8N1').describe('Of the serial side, for the budget'),
  }),
  z.strictObject({
    ...lineSettings,
    type: z.literal('modbus-tcp').describe('A device or gateway that speaks Modbus TCP'),
    host: host.describe('Name or address of the server'),
    port: port.default(502).describe('TCP port of the server'),
  }),
]);
