import { describe, expect, it } from 'vitest';
import type { Point, Profile } from '../../drivers/contract.ts';
import { deviceSchema, siteSchema, type Equipment } from '../config/schema.ts';
import { withFilters } from './lift-filters.ts';
import { carAlarm, liftFault } from './testing/site.ts';

const points = [2, 4, 5].map((channel): Point => ({
  key: `di${channel}`,
  nameZh: '输入',
  poll: 'alarm',
  channel,
  role: 'level',
}));
const model: Profile = {
  ...{ id: 'm', driver: 'modbus', maker: 'm', model: 'm', nameZh: '型号' },
  commands: [],
  points,
};

const lift = (filter?: object): Equipment[] =>
  siteSchema.shape.equipment.parse([{ id: 'lift-3-2', nameZh: '梯', kind: 'lift', ...(filter && { filter }) }]);
const DOOR = { channel: 4, source: 'lift-3-2', signal: 'doorOpen' };
const MOTION = { channel: 5, source: 'lift-3-2', signal: 'running', invert: true };

/** The filters of the lift's alarm and of its fault. */
function filters(equipment: readonly Equipment[], inputs: readonly object[], id = 'lift-io-3') {
  const devices = [deviceSchema.parse({ id, bus: 'b', unit: 1, profile: 'm', inputs })];
  return withFilters([carAlarm, liftFault], { devices, equipment, profiles: new Map([['m', model]]) }).map(
    ({ filter }) => filter,
  );
}

describe('the filter of a lift', () => {
  it("is of its car's button alone, with the contacts and times of the site file", () => {
    const doorOpen = { point: 'di4', kind: 'in', values: [true, 1] };
    const running = { point: 'di5', kind: 'in', values: [false, 0] };
    const times = { holdMs: 25_000, travelMs: 60_000, openMs: 10_000 };
    expect(filters(lift({ holdS: 25 }), [DOOR, MOTION])).toEqual([{ doorOpen, running, ...times }, undefined]);
    expect(filters(lift({}), [DOOR])[0]).toMatchObject({ running: null, holdMs: 20_000 });
  });

  it.each([
    ['the site file has none', filters(lift(), [DOOR, MOTION])],
    ['no contact tells of its doors', filters(lift({}), [MOTION])],
    ['that contact is on another module', filters(lift({}), [DOOR, MOTION], 'lift-io-4')],
    ['it is of another lift', filters(lift({}), [{ ...DOOR, source: 'lift-3-1' }])],
  ])('is off where %s', (_, found) => {
    expect(found).toEqual([undefined, undefined]);
  });
});
