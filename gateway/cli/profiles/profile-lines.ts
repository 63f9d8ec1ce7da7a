/** One profile in full. Pure. */
import type { CommandSpec, Point, Profile } from '../../../drivers/contract.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';
import { placeOf } from './point-place.ts';
import { sourceOf } from './source.ts';

const POINT_COLUMNS: readonly Column[] = [
  { title: 'point' },
  { title: '名称' },
  { title: 'unit' },
  { title: 'poll' },
  { title: 'where' },
  { title: 'channel' },
  { title: 'values' },
];

const COMMAND_COLUMNS: readonly Column[] = [{ title: 'command' }, { title: '名称' }, { title: 'value' }];

export function profileLines(profile: Profile, colours: Palette): string[] {
  const { id, maker, model, nameZh, driver, points, commands } = profile;
  return [
    `${colours.strong(id)}  ${nameZh}: ${maker} ${model}, ${driver}`,
    ...sourceLines(profile, colours),
    '',
    ...table(POINT_COLUMNS, points.map((point) => pointRow(profile, point, colours)), colours), // prettier-ignore
    ...(commands.length > 0 ? ['', ...table(COMMAND_COLUMNS, commands.map((spec) => commandRow(spec, colours)), colours)] : []), // prettier-ignore
  ];
}

function sourceLines(profile: Profile, { faint }: Palette): string[] {
  const { manual, verified, notes } = sourceOf(profile);
  return [
    ...(manual ? [`${faint('manual:')} ${manual.title}, ${manual.edition}; ${manual.pages}`] : []),
    ...(verified === undefined ? [] : [`${faint('verified by:')} ${verified}`]),
    ...(notes === undefined ? [] : [`${faint('notes:')} ${notes}`]),
  ];
}

function pointRow(profile: Profile, point: Point, { name }: Palette): string[] {
  const { key, nameZh, unit = '', poll, channel, role = '', enum: names = {} } = point;
  const values = Object.entries(names).map(([number, value]) => `${number} ${value}`);
  return [
    name(key),
    nameZh,
    unit,
    poll,
    placeOf(profile, point),
    channel === undefined ? '' : `${channel} ${role}`,
    values.join(', '),
  ];
}

function commandRow({ action, nameZh, value }: CommandSpec, { name }: Palette): string[] {
  return [name(action), nameZh, valueWords(value)];
}

function valueWords(value: CommandSpec['value']): string {
  switch (value?.type) {
    case undefined:
      return 'none';
    case 'boolean':
      return 'true or false';
    case 'number':
      return `${value.min} to ${value.max}`;
    case 'enum':
      return `one of ${value.values.join(', ')}`;
  }
}
