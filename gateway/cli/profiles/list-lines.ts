/** All profiles, a line each. Pure. */
import type { Profile } from '../../../drivers/contract.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';
import { sourceOf } from './source.ts';

const COLUMNS: readonly Column[] = [
  { title: 'id' },
  { title: '名称' },
  { title: 'maker' },
  { title: 'model' },
  { title: 'points', align: 'right' },
  { title: 'commands', align: 'right' },
  { title: 'verified by' },
];

export function listLines(profiles: readonly Profile[], colours: Palette): string[] {
  const rows = profiles.map((profile) => {
    const { id, maker, model, nameZh, points, commands } = profile;
    const { verified = '' } = sourceOf(profile);
    return [colours.name(id), nameZh, maker, model, String(points.length), String(commands.length), verified];
  });
  return table(COLUMNS, rows, colours);
}
