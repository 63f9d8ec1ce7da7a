/** The schema of `config/alarms.yaml`: alarm types, and the rules that say what raises them. */
import { z } from 'zod';
import { roleSchema } from '../config/people-schema.ts';

const typeName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$/, 'an alarm type is words joined by dots, such as lift.carAlarm');
const names = (what: string) => z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).describe(what);
const scalar = z.union([z.number(), z.boolean(), z.string()]);
const limit = z.union([z.number(), z.literal('per-device')]);

const behaviour = z.strictObject({
  priority: z.int().min(1).max(4).describe('1: life, 2: urgent, 3: soon, 4: in working hours'),
  onDelayMs: z.int().min(0).describe('How long the condition must hold before the alarm is raised'),
  offDelayMs: z.int().min(0).describe('How long it must be gone before the alarm is cleared'),
  latching: z.boolean().describe('Stays until a person has acknowledged and reset it, though its condition is gone'),
  pulses: z
    .boolean()
    .optional()
    .describe('Where the input module counts or latches: a pulse between polls raises at once, whatever the on-delay'),
  reAlarmS: z.int().min(1).nullable().optional().describe('Acknowledged but still active after this: announced again'),
  escalationS: z
    .array(z.int().min(1))
    .max(4)
    .optional()
    .describe('Unacknowledged for so long: level 1, level 2 … Seconds from when it was announced'),
  shelvable: z.boolean().optional().describe('Whether a person may hide it for a time; priority 1 never is'),
  maxShelveS: z.int().min(60).max(604_800).optional().describe('For how long at most; 8 h unless told'),
  duringMaintenance: z
    .boolean()
    .optional()
    .describe('Announced while its source is maintained too: it cannot be taken out of service'),
  resetRoles: z
    .array(roleSchema)
    .min(1)
    .optional()
    .describe('Where the site names its people: who may reset it, any one of these; without it anybody'),
  drill: z.boolean().optional().describe('Nothing is the matter: each of its rows and events says so'),
  sia: z
    .string()
    .regex(/^[A-Z]{2}$/, 'a SIA DC-03 code is two capital letters')
    .nullable()
    .optional(),
  contactId: z.int().min(100).max(999).nullable().optional().describe('Ademco Contact ID event code'),
});

const guidanceZh = z.string().min(1).describe('What the guard does first');

export const alarmType = behaviour.extend({
  nameZh: z.string().min(1),
  nameEn: z.string().min(1),
  guidanceZh,
});

/** What a device may say otherwise. The rest is of the type: what it is called, its codes, who resets it. */
export const deviceSettings = behaviour
  .pick({
    ...{ priority: true, onDelayMs: true, offDelayMs: true, latching: true, reAlarmS: true, escalationS: true },
    ...{ shelvable: true, maxShelveS: true, drill: true },
  })
  .extend({ guidanceZh })
  .partial();

export const pointRule = z
  .strictObject({
    type: typeName,
    profile: names('The device models that it is about'),
    point: names('Any one of these points is enough'),
    is: scalar.optional().describe('The value; of an enumeration also its name'),
    in: z.array(scalar).min(1).optional(),
    above: limit.optional().describe('per-device: only where the site file gives the device a limit'),
    below: limit.optional(),
    hysteresis: z.number().min(0).optional().describe('The value must come back by so much; in the unit of the point'),
    channel: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,32}$/)
      .optional()
      .describe('Tells apart several alarms of one type and source'),
    set: behaviour.partial().optional().describe('What differs from the type'),
  })
  .refine((rule) => [rule.is, rule.in, rule.above, rule.below].filter((test) => test !== undefined).length === 1, {
    message: 'a rule has exactly one of is, in, above and below',
  })
  .refine((rule) => rule.hysteresis === undefined || rule.above !== undefined || rule.below !== undefined, {
    message: 'only above and below have a hysteresis',
    path: ['hysteresis'],
  });

export const deviceRule = z.strictObject({
  type: typeName,
  state: z.literal('offline'),
  carriesAlarms: z
    .boolean()
    .optional()
    .describe('Only for devices that other alarms depend on, or only for those that none does'),
  set: behaviour.partial().optional().describe('What differs from the type'),
});

/** A line that nobody answers on: it is not connected, or every one of at least two devices is offline. */
const busRule = deviceRule;

const suppressionRule = z.strictObject({
  hides: z
    .array(typeName)
    .min(1)
    .describe(
      'Alarms of these types, of whatever hangs on the bus or is fed by the equipment; never those of priority 1',
    ),
  holdS: z
    .int()
    .min(0)
    .max(3600)
    .default(120)
    .describe('For so long after it has gone: whoever was silent is asked again first'),
});

export const alarmFileSchema = z.strictObject({
  types: z.record(typeName, alarmType),
  rules: z
    .strictObject({
      points: z.array(pointRule).default([]),
      devices: z.array(deviceRule).default([]),
      buses: z.array(busRule).default([]),
      suppression: z
        .record(typeName, suppressionRule)
        .default({})
        .describe('By the type of the alarm that explains others'),
    })
    .prefault({}),
});

export type AlarmFile = z.infer<typeof alarmFileSchema>;
/** What a type, a rule's `set` and a device's override together amount to. */
export type AlarmSettings = z.infer<typeof alarmType>;
export type PointRule = z.infer<typeof pointRule>;
export type DeviceRule = z.infer<typeof deviceRule>;
