/** The schema of the site file. What it cannot express (references, ports, wire time) is in check.ts. */
import { z } from 'zod';
import { deviceSettings } from '../alarms/rule-file.ts';
import { baud, busSchema, serialFormat } from './bus-schema.ts';
import { equipmentSchema } from './equipment-schema.ts';
import { fireReleaseSchema } from './fire-release-schema.ts';
import { liftTestsSchema } from './lift-tests-schema.ts';
import { meteringSchema } from './metering-schema.ts';
import { monitoringStationSchema } from './monitoring-station-schema.ts';
import { personSchema, roleSchema } from './people-schema.ts';
import { attended, id, ms, port, text, timeOfDay } from './schema-fields.ts';

export { busSchema, id, serialFormat };

const period = ms(20);
const pollPeriods = z.strictObject({
  alarm: period.default(500).describe('ms between reads of alarm contacts'),
  fast: period.default(2_000).describe('ms between reads of what changes by the second'),
  normal: period.default(10_000).describe('ms between reads of most points'),
  slow: period.default(60_000).describe('ms between reads of energies and counters'),
  rare: period.default(86_400_000).describe('ms between reads of clocks, settings and what meters have kept'),
});

/** Without the defaults: what a device does not name is the site's. */
const pollOverride = z.strictObject({
  alarm: period.optional().describe('ms'),
  fast: period.optional().describe('ms'),
  normal: period.optional().describe('ms'),
  slow: period.optional().describe('ms'),
  rare: period.optional().describe('ms'),
});

const alarmOverride = z.strictObject({
  enabled: z.boolean().optional().describe('false: this device never raises it'),
  ...deviceSettings.shape,
  above: z.number().optional().describe('Upper limit, in the unit of the point'),
  below: z.number().optional().describe('Lower limit, in the unit of the point'),
});

export const deviceSchema = z.strictObject({
  id: id.describe('Topics, the API and alarms name the device by it'),
  nameZh: text.optional().describe('What people call it'),
  bus: id.describe('The bus that it hangs on'),
  unit: z
    .int()
    .min(0)
    .max(255)
    .optional()
    .describe('Modbus: its address on the bus, 1 to 247; on Modbus TCP also 0 and 255'),
  address: z.string().min(1).optional().describe('Meters: the address that is printed on it, in quotes'),
  profile: text.describe('Its model: the id of a profile'),
  equipment: id.optional().describe('The equipment that its alarms are about; otherwise they are about the device'),
  fedBy: id.optional().describe('The equipment that gives it power: while that is lost, its silence is no news'),
  location: text.optional().describe('Where a person finds it'),
  ...attended,
  enabled: z.boolean().default(true).describe('false: known, and not polled'),
  poll: pollOverride.optional().describe('Periods that differ from those of the site, by class'),
  serial: z
    .strictObject({
      baud: baud.optional().describe('Bits per second'),
      format: serialFormat.optional().describe('Data bits, parity, stop bits'),
    })
    .optional()
    .describe('Where one line mixes protocols'),
  replyTimeoutMs: ms(10).optional().describe('Where it differs from that of the bus'),
  inputs: z
    .array(
      z.strictObject({
        channel: z.int().min(0).describe('Channel of the module, as its profile counts'),
        source: id.describe('The equipment that the contact belongs to'),
        alarm: text.optional().describe('Alarm type'),
        signal: z
          .enum(['doorOpen', 'running'])
          .optional()
          .describe(
            "Instead of an alarm: what the filter of a lift goes by. doorOpen: closed while the car stands at a floor with its doors open; running: closed while it moves. On the module of the lift's alarm button",
          ),
        invert: z.boolean().default(false).describe('Normally closed: an open contact, or a broken wire, is the alarm'),
      }),
    )
    .default([])
    .describe('What the channels of an input module mean'),
  alarms: z
    .record(z.string(), alarmOverride)
    .default({})
    .describe('By alarm type: what differs from the rules for this device'),
});

const user = z.strictObject({
  name: id.describe('Log-in name'),
  password: z
    .string()
    .regex(/^scrypt\$/, 'made by `scripts/gatehouse password`')
    .describe('scrypt$N$r$p$salt$hash, made by `scripts/gatehouse password`'),
  role: z
    .enum(['consumer', 'operator', 'admin'])
    .describe('consumer: reads; operator: also commands, acknowledges and resets; admin: anything'),
});

const timezone = z.string().refine(isTimeZone, 'no such time zone; an IANA name such as Asia/Shanghai');

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const siteSchema = z.strictObject({
  site: z
    .strictObject({
      id: id.describe('Part of every topic and event id: choose once'),
      nameZh: text.describe('What people call the community'),
      timezone: timezone.default('Asia/Shanghai').describe('IANA name'),
      shifts: z
        .array(timeOfDay)
        .min(1)
        .superRefine((starts, context) => {
          const message = 'each shift begins at a time of its own';
          const again = starts.findIndex((start, index) => starts.indexOf(start) < index);
          if (again >= 0) context.addIssue({ code: 'custom', path: [again], message });
        })
        .default(['07:00', '15:00', '23:00'])
        .describe('When the shifts of those on duty begin, on the wall; docs/alarms.md, figures by shift'),
    })
    .describe('The community'),
  store: z
    .strictObject({
      file: text.default('var/gatehouse.sqlite').describe('The database file, relative to the site file'),
      maxMegabytes: z.int().min(16).default(2_048).describe('The soft cap; alarms have a reserve beyond it'),
      readingsDays: z.int().min(1).default(90).describe('How long the history of readings is kept'),
      eventsDays: z.int().min(30).default(400).describe('How long events and alarms are kept'),
      archiveEveryS: z.int().min(1).default(60).describe('At most one history row per numeric point in this time'),
    })
    .prefault({})
    .describe('The local database'),
  broker: z
    .strictObject({
      type: z.enum(['embedded', 'external']).default('embedded').describe('The built-in MQTT broker, or one at `url`'),
      root: z
        .string()
        .regex(/^[A-Za-z0-9_-]+$/, 'letters, digits, - or _')
        .default('community')
        .describe('First segment of every topic'),
      ack: z.enum(['puback', 'watermark']).default('puback').describe('What ends an outbox row; see docs/topics.md'),
      consumers: z
        .array(id)
        .default([])
        .describe('With `ack: watermark`: who must all have an event before it is done; none: whoever reports'),
      host: text.default('127.0.0.1').describe('Embedded only: where it listens'),
      port: port.default(1883).describe('Embedded only: MQTT over TCP'),
      wsPort: port.optional().describe('Embedded only: MQTT over WebSocket, for browsers'),
      users: z.array(user).default([]).describe('Embedded only; without users it is bound to loopback and open'),
      url: z
        .url({ protocol: /^(mqtts?|wss?)$/, error: 'a broker is named as mqtt://host:1883 or mqtts://host:8883' })
        .optional()
        .describe('External only: mqtt:// or mqtts://'),
      username: text.optional().describe('External only'),
      passwordFile: text
        .optional()
        .describe('External only: a file that holds the password alone, relative to the site file'),
      caFile: text.optional().describe('External only: the certificate authority, in PEM, relative to the site file'),
    })
    .prefault({})
    .describe('MQTT'),
  api: z
    .strictObject({
      host: z
        .literal(['127.0.0.1', '::1', 'localhost'])
        .default('127.0.0.1')
        .describe('Loopback only, as the API has no log-in yet'),
      port: port.default(8080).describe('0: any that is free'),
    })
    .prefault({})
    .describe('HTTP'),
  poll: pollPeriods.prefault({}).describe('How often each class of points is read'),
  supply: z
    .strictObject({
      allow: z
        .array(id)
        .default([])
        .describe('The devices whose breaker or valve may be opened and closed from here; none: it is off'),
      confirmMin: z.int().min(1).max(60).default(10).describe('So many minutes a second person has to confirm it'),
      roles: z
        .array(roleSchema)
        .default([])
        .describe('Of the `people` of the site, those who may ask for it and confirm it; none: all of them'),
    })
    .prefault({})
    .describe("Cutting a home's supply, and giving it back"),
  metering: meteringSchema.prefault({}).describe('How meters are read for billing'),
  monitoringStation: monitoringStationSchema
    .optional()
    .describe('Where alarms are sent to over SIA DC-09; without it nothing is: docs/monitoring-station.md'),
  liftTests: liftTestsSchema
    .optional()
    .describe("How the way of each lift's alarm is tested; without it there are no drills: docs/alarms.md"),
  people: z
    .array(personSchema)
    .default([])
    .describe('Who works here; without them anybody may say who they are: docs/shifts.md'),
  fireRelease: fireReleaseSchema
    .optional()
    .describe('Barriers and doors that a fire alarm opens; without it none: docs/alarms.md'),
  equipment: z
    .array(equipmentSchema)
    .default([])
    .describe('What has alarms and no address of its own, such as a lift behind an input module'),
  buses: z.array(busSchema).min(1).describe('The lines; each carries one exchange at a time'),
  devices: z.array(deviceSchema).default([]).describe('What answers on the buses'),
  deviceFiles: z.array(text).default([]).describe('CSV files of devices, relative to the site file'),
  meters: z.array(text).default([]).describe('CSV files of the meters that are billed, relative to the site file'),
  homes: text.optional().describe('The CSV file of the homes that meters belong to, relative to the site file'),
  profiles: z.array(text).default(['profiles']).describe('Folders of device profiles, relative to the site file'),
  alarmRules: text.default('alarms.yaml').describe('The alarm rules, relative to the site file'),
});

export type SiteFile = z.infer<typeof siteSchema>;
export type BusConfig = SiteFile['buses'][number];
export type DeviceConfig = z.infer<typeof deviceSchema>;
export type PollPeriods = z.infer<typeof pollPeriods>;
export type Equipment = SiteFile['equipment'][number];
export type SerialFormat = z.infer<typeof serialFormat>;
