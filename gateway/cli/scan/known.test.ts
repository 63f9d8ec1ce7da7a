import { describe, expect, it } from 'vitest';
import { drivers } from '../../../drivers/index.ts';
import { deviceSchema } from '../../config/schema.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { parseBusUrl } from '../line/bus-url.ts';
import { knownMeter, knownUnit, type KnownBus } from './known.ts';
import type { MeterSeen } from './meters/found-meter.ts';

const bus = { ...parseBusUrl('tcp-serial://10.0.0.6:4001'), id: 'meters-1' };
const profiles = new Map(
  ['modbus', 'dlt645', 'cjt188', 'mbus'].map((driver) => [driver, { driver }]),
) as unknown as SiteConfig['profiles'];

function on(
  ...devices: readonly { id: string; profile: string; unit?: number; address?: string; bus?: string }[]
): KnownBus {
  return {
    bus,
    site: { profiles, devices: devices.map((device) => deviceSchema.parse({ bus: 'meters-1', ...device })) },
  };
}

function nameOf(known: KnownBus, protocol: string, seen: Partial<MeterSeen>): string | null {
  const driver = drivers.find(({ name }) => name === protocol);
  if (driver === undefined) throw new Error(`no driver ${protocol}`);
  const said = { number: '', says: '', utility: null, profile: { id: null, because: '' }, address: '', ...seen };
  return knownMeter(known, driver, said);
}

describe('knownUnit', () => {
  it('is the Modbus device of this bus with that unit', () => {
    const known = on({ id: 'a', profile: 'modbus', unit: 3 }, { id: 'b', profile: 'modbus', unit: 4, bus: 'meters-2' });
    expect([3, 4, 5].map((unit) => knownUnit(known, unit))).toEqual(['a', null, null]);
    expect(knownUnit({ bus, site: null }, 3)).toBe(null);
  });
});

describe('knownMeter', () => {
  it('goes by the address, however it is written, and by the protocol', () => {
    const known = on(
      { id: 'e', profile: 'dlt645', address: '000012345601' },
      { id: 'w', profile: 'cjt188', address: '0020-1510-2705-88' },
    );
    expect(nameOf(known, 'dlt645', { address: '000012345601' })).toBe('e');
    expect(nameOf(known, 'dlt645', { address: '000012345602' })).toBe(null);
    expect(nameOf(known, 'cjt188', { address: '00201510270588' })).toBe('w');
    expect(nameOf(known, 'dlt645', { address: '00201510270588' })).toBe(null);
  });

  it.each([
    ['12345678', 'its number'],
    ['12345678-HYD-29-06', 'all that tells it apart'],
    ['5', 'its primary address'],
    ['5/12345678', 'both'],
  ])('knows an M-Bus slave by %s: %s', (address) => {
    const known = on({ id: 'm', profile: 'mbus', address });
    const seen = { address: '12345678', secondary: '1234567824232906', primary: 5 };
    expect(nameOf(known, 'mbus', seen)).toBe('m');
  });

  it.each(['87654321', '12345678-SPX-31-04', '6', '5/87654321'])('takes it for nobody else: %s', (address) => {
    const known = on({ id: 'm', profile: 'mbus', address });
    const seen = { address: '12345678', secondary: '1234567824232906', primary: 5 };
    expect(nameOf(known, 'mbus', seen)).toBe(null);
  });
});
