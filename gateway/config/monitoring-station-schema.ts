/** The schema of `monitoringStation` in the site file: where alarms are sent to over SIA DC-09. */
import { z } from 'zod';
import { host, id, ms, text } from './schema-fields.ts';

const hexDigits = (least: number, most: number) =>
  z.string().regex(new RegExp(`^[0-9A-Fa-f]{${least},${most}}$`), `${least} to ${most} hex digits, in quotes`);

const receiver = z.strictObject({
  host: host.describe('Address or name'),
  port: z.int().min(1).max(65_535).describe('As the station says'),
  transport: z.enum(['tcp', 'udp']).default('tcp').describe('As the station says'),
});

export const monitoringStationSchema = z.strictObject({
  account: hexDigits(3, 16).describe('Under which the station knows this site'),
  receivers: z
    .array(receiver)
    .min(1)
    .max(2)
    .describe('One or two; the second one while the first does not acknowledge'),
  format: z
    .enum(['sia-dcs', 'adm-cid'])
    .default('sia-dcs')
    .describe('sia-dcs: SIA codes, with names for a person; adm-cid: Contact ID'),
  receiverNumber: hexDigits(1, 6).optional().describe('R of the frames, where the station wants one'),
  line: hexDigits(1, 6).default('0').describe('L of the frames, the account prefix'),
  keyFile: text
    .optional()
    .describe(
      'A file that holds the AES key alone, 32, 48 or 64 hex digits, relative to the site file; without: in clear',
    ),
  timestamps: z.boolean().default(true).describe('Whether frames in clear carry the time; encrypted ones always do'),
  supervisionS: z.int().min(5).max(86_400).default(90).describe('So often each receiver is asked whether it is there'),
  answerTimeoutMs: ms(200).max(20_000).default(3_000).describe('So long an acknowledgement may take'),
  zones: z
    .record(id, z.int().min(0).max(999))
    .default({})
    .describe('The number of each source of alarms (an id of equipment or of a device) at the station; otherwise 0'),
  drills: z.boolean().default(false).describe('Whether drills are sent too, as if they were real'),
});

export type MonitoringStation = z.infer<typeof monitoringStationSchema>;
