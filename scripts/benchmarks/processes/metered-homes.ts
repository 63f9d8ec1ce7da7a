/** A community whose homes have a meter for each of some utilities, as the tables of a site say it. People read them. */
import type { Utility } from '../../../gateway/metering/model.ts';
import type { SiteTables } from './site.ts';

export interface MeteredHomes {
  readonly homes: number;
  readonly utilities: readonly Utility[];
}

const ROOMS = 4;
const FLOORS = 25;
const ENTRANCES = 2;
const INSTALLED = '2024-05-01';

interface HomeRow {
  readonly id: string;
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
}

/** Towers of 25 floors and two entrances, four homes on a floor. */
export function meteredHomes({ homes, utilities }: MeteredHomes): SiteTables {
  const rows = Array.from({ length: homes }, (_, i) => homeRow(i));
  return {
    homes: table(
      'id,building,unit,room',
      rows.map(({ id, building, entrance, room }) => [id, building, entrance, room]),
    ),
    meters: table(
      'number,home,utility,installedAt,initial',
      utilities.flatMap((utility, u) => rows.map(({ id }, i) => [meterNumber(u, i), id, utility, INSTALLED, '0'])),
    ),
  };
}

/** As the twelve digits of a plate: the utility, from 1, and the home. */
export function meterNumber(utility: number, home: number): string {
  return `${utility + 1}${String(home).padStart(11, '0')}`;
}

function homeRow(i: number): HomeRow {
  const [building, inBuilding] = divided(i, ENTRANCES * FLOORS * ROOMS);
  const [entrance, inEntrance] = divided(inBuilding, FLOORS * ROOMS);
  const [floor, door] = divided(inEntrance, ROOMS);
  const room = `${floor + 1}${String(door + 1).padStart(2, '0')}`;
  const id = `${building + 1}-${entrance + 1}-${room}`;
  return { id, building: `${building + 1}号楼`, entrance: `${entrance + 1}单元`, room };
}

function divided(value: number, by: number): [quotient: number, rest: number] {
  return [Math.floor(value / by), value % by];
}

function table(head: string, rows: readonly (readonly string[])[]): string {
  return [head, ...rows.map((row) => row.join()), ''].join('\n');
}
