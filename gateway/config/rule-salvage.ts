/** Alarm rules with mistakes in them, less what is wrong: so that the rest, and the devices, are checked in the same run. */
import { alarmFileSchema, alarmType, deviceRule, pointRule } from '../alarms/rule-file.ts';
import type { AlarmFile, AlarmSettings, DeviceRule, PointRule } from '../alarms/rule-file.ts';
import { valueAt } from './mistakes/path.ts';
import { mend } from './stand-ins.ts';

export interface RuleSalvage {
  readonly file: AlarmFile;
  /** Position in the file of each rule that is left. */
  readonly positions: Readonly<Record<RuleList, readonly number[]>>;
  /** What was left out. */
  readonly unread: readonly UnreadRule[];
  /** Whether nobody can say which alarm types there are. */
  readonly isTypeless: boolean;
}

export type RuleList = Exclude<keyof AlarmFile['rules'], 'suppression'>;

/** What a rule that is left out is about; null: that could not be read either. */
interface UnreadRule {
  readonly type: string | null;
  readonly profiles: readonly string[] | null;
}

/** The rules of a file without mistakes. */
export function wholeRules(file: AlarmFile): RuleSalvage {
  const { points, devices, buses } = file.rules;
  const positions = { points: [...points.keys()], devices: [...devices.keys()], buses: [...buses.keys()] };
  return { file, positions, unread: [], isTypeless: false };
}

/** `raw` is not changed. */
export function salvageRules(raw: unknown): RuleSalvage {
  const types = valueAt(raw, ['types']);
  const rules = valueAt(raw, ['rules']);
  const points = salvageList(valueAt(rules, ['points']), salvagePointRule);
  const devices = salvageList(valueAt(rules, ['devices']), salvageDeviceRule);
  const buses = salvageList(valueAt(rules, ['buses']), salvageDeviceRule);
  const suppression = alarmFileSchema.shape.rules.unwrap().shape.suppression.safeParse(valueAt(rules, ['suppression']));
  const isList = isMap(raw) && (rules === undefined || isMap(rules));
  return {
    file: {
      types: isMap(types) ? salvageTypes(types) : {},
      rules: {
        ...{ points: points.rules, devices: devices.rules, buses: buses.rules },
        suppression: suppression.data ?? {},
      },
    },
    positions: { points: points.positions, devices: devices.positions, buses: buses.positions },
    unread: [...points.unread, ...devices.unread, ...(isList ? [] : [ANY_RULE])],
    isTypeless: !isMap(types),
  };
}

const ANY_RULE: UnreadRule = { type: null, profiles: null };

/** What the check of a device reads of a type that could not be read. */
const { priority } = alarmType.shape;
const NAMELESS = { nameZh: '', nameEn: '', guidanceZh: '', onDelayMs: 0, offDelayMs: 0, latching: false };
const LOWEST = 4;

function salvageTypes(types: object): Record<string, AlarmSettings> {
  return Object.fromEntries(
    Object.entries(types).map(([name, type]: [string, unknown]) => {
      const checked = alarmType.safeParse(type);
      const stated = priority.catch(LOWEST).parse(valueAt(type, ['priority']));
      return [name, checked.success ? checked.data : { ...NAMELESS, priority: stated }];
    }),
  );
}

function salvageList<Rule>(list: unknown, salvage: (entry: unknown, position: number) => Rule | null) {
  const rules: Rule[] = [];
  const positions: number[] = [];
  const unread: UnreadRule[] = list === undefined || Array.isArray(list) ? [] : [ANY_RULE];
  for (const [position, entry] of (Array.isArray(list) ? list : []).entries()) {
    const rule = salvage(entry, position);
    if (rule === null) unread.push(aboutOf(entry));
    else {
      rules.push(rule);
      positions.push(position);
    }
  }
  return { rules, positions, unread };
}

/** With a channel of its own, as the one that it was to have may be what is wrong: it meets no other alarm. */
function salvagePointRule(entry: unknown, position: number): PointRule | null {
  const checked = pointRule.safeParse(entry);
  if (checked.success) return checked.data;
  const mended = mend(pointRule, entry);
  return mended && { ...mended.value, channel: `unread-${position}` };
}

/** Only its `set` may have mistakes: without what says which devices it is about, it would meet others of its type. */
function salvageDeviceRule(entry: unknown): DeviceRule | null {
  const checked = deviceRule.safeParse(entry);
  if (checked.success) return checked.data;
  const isCertain = checked.error.issues.every(({ path }) => path[0] === 'set');
  return isCertain ? (mend(deviceRule, entry)?.value ?? null) : null;
}

function aboutOf(entry: unknown): UnreadRule {
  const type = deviceRule.shape.type.safeParse(valueAt(entry, ['type'])).data ?? null;
  const named = pointRule.shape.profile.safeParse(valueAt(entry, ['profile'])).data ?? null;
  return { type, profiles: typeof named === 'string' ? [named] : named };
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
