/** The schema of the site file. What it cannot express (references, ports, wire time) is in check.ts. */
import { z } from 'zod';

/** Ids become MQTT topic segments: some brokers give a dot, a slash or a plus a meaning of its own. */
export const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id is 1 to 64 letters, digits, - or _');
const port = z.int().min(0).max(65535);
const ms = z.int().min(0);

const pollPeriods = z.strictObject({
  alarm: ms.min(20).default(500),
  fast: ms.min(20).default(2_000),
  normal: ms.min(20).default(10_000),
  slow: ms.min(20).default(60_000),
});

export const serialFormat = z.enum(['8N1', '8E1', '8O1', '8N2', '7E1', '7O1', '8E2', '8O2', '7N2']);
const baud = z.literal([300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200]);

const lineSettings = {
  id,
  nameZh: z.string().optional(),
  replyTimeoutMs: ms
    .min(10)
    .default(500)
    .describe('From the end of the request to the end of waiting for a reply to start'),
  interByteTimeoutMs: ms.min(5).default(100).describe('Longest pause inside a reply'),
  retries: z.int().min(0).max(5).default(1),
  turnaroundMs: ms.default(20).describe('How long its devices usually take to answer; for the planner and the budget'),
  gapMs: z
    .number()
    .min(0)
    .optional()
    .describe('Silence before each request; default: 3.5 characters, at least 1.75 ms'),
  echo: z.boolean().default(false).describe('The adapter hears what it sends'),
  breaker: z
    .strictObject({
      failures: z.int().min(1).default(3),
      firstBackoffMs: ms.min(100).default(2_000),
      maxBackoffMs: ms.min(100).default(60_000),
    })
    .prefault({}),
};

export const busSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...lineSettings,
    type: z.literal('serial'),
    path: z.string().min(1),
    baud: baud.default(9600),
    format: serialFormat.default('8N1'),
  }),
  z.strictObject({
    ...lineSettings,
    type: z.literal('tcp-serial').describe('Serial device server in transparent mode: RTU over TCP'),
    host: z.string().min(1),
    port,
    baud: baud.default(9600).describe('Of the serial side, for the budget'),
    format: serialFormat.default('8N1'),
  }),
  z.strictObject({ ...lineSettings, type: z.literal('modbus-tcp'), host: z.string().min(1), port: port.default(502) }),
]);

const alarmOverride = z.strictObject({
  enabled: z.boolean().optional(),
  priority: z.int().min(1).max(4).optional(),
  onDelayMs: ms.optional(),
  offDelayMs: ms.optional(),
  above: z.number().optional(),
  below: z.number().optional(),
});

export const deviceSchema = z.strictObject({
  id,
  nameZh: z.string().optional(),
  bus: id,
  unit: z.int().min(0).max(255).describe('Address on its bus; 1 to 247 on a serial line'),
  profile: z.string(),
  location: z.string().optional(),
  enabled: z.boolean().default(true),
  poll: pollPeriods.partial().optional(),
  serial: z
    .strictObject({ baud: baud.optional(), format: serialFormat.optional() })
    .optional()
    .describe('Where one line mixes protocols'),
  replyTimeoutMs: ms.min(10).optional(),
  inputs: z
    .array(
      z.strictObject({
        channel: z.int().min(0),
        source: id.describe('The equipment that the contact belongs to'),
        alarm: z.string().describe('Alarm type'),
        invert: z.boolean().default(false).describe('Normally closed: an open contact, or a broken wire, is the alarm'),
      }),
    )
    .default([]),
  alarms: z
    .record(z.string(), alarmOverride)
    .default({})
    .describe('By alarm type: what differs from the rules for this device'),
});

const user = z.strictObject({
  name: id,
  password: z
    .string()
    .regex(/^scrypt\$/, 'made by `scripts/gatehouse password`')
    .describe('scrypt$N$r$p$salt$hash'),
  role: z.enum(['consumer', 'operator', 'admin']),
});

export const siteSchema = z.strictObject({
  site: z.strictObject({ id, nameZh: z.string().min(1), timezone: z.string().default('Asia/Shanghai') }),
  store: z
    .strictObject({
      file: z.string().default('var/gatehouse.sqlite'),
      maxMegabytes: z.int().min(16).default(2_048).describe('The soft cap; alarms have a reserve beyond it'),
      readingsDays: z.int().min(1).default(90),
      eventsDays: z.int().min(30).default(400),
      archiveEveryS: z.int().min(1).default(60).describe('At most one history row per numeric point in this time'),
    })
    .prefault({}),
  broker: z
    .strictObject({
      type: z.enum(['embedded', 'external']).default('embedded'),
      root: z
        .string()
        .regex(/^[A-Za-z0-9_-]+$/)
        .default('community'),
      ack: z.enum(['puback', 'watermark']).default('puback').describe('What ends an outbox row; see docs/topics.md'),
      host: z.string().default('127.0.0.1'),
      port: port.default(1883),
      wsPort: port.optional().describe('MQTT over WebSocket, for browsers; embedded only'),
      users: z.array(user).default([]).describe('Embedded only; without users it is bound to loopback and open'),
      url: z.url().optional().describe('External only: mqtt:// or mqtts://'),
      username: z.string().optional(),
      passwordFile: z.string().optional(),
      caFile: z.string().optional(),
    })
    .prefault({}),
  api: z
    .strictObject({ host: z.literal(['127.0.0.1', '::1', 'localhost']).default('127.0.0.1'), port: port.default(8080) })
    .prefault({}),
  poll: pollPeriods.prefault({}),
  equipment: z
    .array(
      z.strictObject({
        id,
        nameZh: z.string().min(1),
        kind: z.enum(['lift', 'pump', 'generator', 'power', 'barrier', 'fire', 'other']),
        location: z.string().optional(),
      }),
    )
    .default([]),
  buses: z.array(busSchema).min(1),
  devices: z.array(deviceSchema).default([]),
  deviceFiles: z.array(z.string()).default([]).describe('CSV files of devices, relative to the site file'),
  alarmRules: z.string().default('alarms.yaml'),
});

export type SiteFile = z.infer<typeof siteSchema>;
export type BusConfig = SiteFile['buses'][number];
export type DeviceConfig = z.infer<typeof deviceSchema>;
export type PollPeriods = z.infer<typeof pollPeriods>;
export type Equipment = SiteFile['equipment'][number];
