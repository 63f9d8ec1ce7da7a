import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../drivers/contract.ts';
import { UNITS } from '../../drivers/units.ts';
import { shipped, shippedIds, shippedModbus } from './shipped.ts';

const MODBUS = [
  'advantech-adam-6050',
  'chint-dtsu666',
  'deepsea-gencomm',
  'eastron-sdm120',
  'eastron-sdm630',
  'gate-controller',
  'invt-goodrive',
  'moxa-iologik-e1210',
  'pressure-transmitter',
  'pressure-transmitter-float',
  'relay-barrier',
  'roger-gate',
  'schneider-iem3000',
  'smartgen-hgm4000n',
  'waveshare-io-8ch',
  'wb-mcm8',
];

/** What alarm rules, scenarios and the site file of the example community go by. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'moxa-iologik-e1210': ['di0', 'di15', 'di0Count', 'di15Count'],
  'advantech-adam-6050': ['di0', 'di11', 'di0Count', 'di11Count', 'di0Latch', 'di11Latch'],
  'wb-mcm8': ['di0', 'di7', 'di0Count', 'di7Count'],
  'waveshare-io-8ch': ['di0', 'di7', 'do0', 'do7'],
  'invt-goodrive': ['status', 'faultCode', 'pressureFeedback', 'runningFrequency'],
  'pressure-transmitter': ['pressure'],
  'pressure-transmitter-float': ['pressure'],
  'smartgen-hgm4000n': [
    ...['commonAlarm', 'shutdownAlarm', 'mainsFault', 'failToStart', 'engineSpeed', 'fuelLevel', 'batteryVoltage'],
    ...['mainsVoltageL1', 'mainsVoltageL2', 'mainsVoltageL3', 'runningStatus'],
    ...['generatorVoltageL1', 'generatorVoltageL2', 'generatorVoltageL3'],
  ],
  'deepsea-gencomm': ['mode', 'engineState', 'alarmFailToStart', 'alarmFailToStop', 'alarmEmergencyStop'],
  'gate-controller': ['status'],
  'relay-barrier': ['openLimit', 'closedLimit', 'loop'],
};

const quantityOf = ({ unit }: Point): string => (unit === undefined ? 'no unit' : UNITS[unit]);

const SHIPPED = shippedIds();

it('ships these Modbus devices', () => {
  expect(shippedIds('modbus')).toEqual(MODBUS);
});

describe.each(SHIPPED)('%s', (id) => {
  it('has no mistakes, and the name of its file', () => {
    expect(shipped(id).id).toBe(id);
  });

  it('has the points that others go by', () => {
    const keys = shipped(id).points.map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining([...(KEYS[id] ?? [])]));
  });

  it('has a different name for each value of an enumeration', () => {
    for (const point of shipped(id).points) {
      const names = Object.values(point.enum ?? {});
      expect(new Set(names).size, point.key).toBe(names.length);
      for (const name of names) expect(name, point.key).toMatch(/^[A-Za-z][A-Za-z0-9]*$/);
    }
  });

  it('has Chinese names, a different one for each point', () => {
    const names = shipped(id).points.map(({ nameZh }) => nameZh);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/\p{Script=Han}/u);
  });

  it('polls contacts, counters and latches first, and energies slowly', () => {
    for (const point of shipped(id).points) {
      if (point.role !== undefined) expect(point.poll, point.key).toBe('alarm');
      if (!quantityOf(point).endsWith('energy')) continue;
      const wasKept = point.frozen !== undefined || point.key.startsWith('freezeNow');
      expect(point.poll, point.key).toMatch(wasKept ? /^(slow|rare)$/ : /^slow$/);
    }
  });
});

it.each(MODBUS)('proves each movement of a gate by what is seen of it: %s', (id) => {
  for (const { key, confirm } of shippedModbus(id).actions) {
    if (key === 'open' || key === 'close') expect(confirm, key).toBeDefined();
  }
});

it('measures the same quantity under the same key in all profiles', () => {
  const quantities = new Map<string, Set<string>>();
  for (const id of SHIPPED) {
    for (const point of shipped(id).points) {
      quantities.set(point.key, (quantities.get(point.key) ?? new Set()).add(quantityOf(point)));
    }
  }
  expect([...quantities].filter(([, measured]) => measured.size > 1)).toEqual([]);
});

/** The vocabulary of docs/points.md: the keys of each row, and the units that they may have. */
function vocabulary(): readonly { readonly keys: readonly string[]; readonly units: readonly string[] }[] {
  const page = readFileSync(new URL('../../docs/points.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const [, keys = '', , units = ''] = row.split('|');
    return {
      keys: [...keys.matchAll(/`(\w+)`/g)].map(([, key = '']) => key),
      units: units.split(',').map((unit) => unit.trim().replace('enum', '–')),
    };
  });
}

it('ships every key that docs/points.md explains, in one of the units that it gives', () => {
  const points = SHIPPED.flatMap((id) => shipped(id).points);
  expect(vocabulary().length).toBeGreaterThan(25);
  for (const { keys, units } of vocabulary()) {
    for (const key of keys) {
      const used = points.filter((point) => point.key === key).map(({ unit }) => unit ?? '–');
      expect(used, key).not.toEqual([]);
      expect(units, key).toEqual(expect.arrayContaining(used));
    }
  }
});

it('bills with the import register of the Eastron meters, not with import plus export', () => {
  for (const id of ['eastron-sdm630', 'eastron-sdm120']) {
    const billing = shippedModbus(id).points.find(({ key }) => key === 'importEnergy');
    expect(billing?.address, id).toBe(0x0048);
  }
});

it('starts the counters of the modules whose counters have to be started', () => {
  expect(shippedModbus('moxa-iologik-e1210').setup).toHaveLength(16);
  expect(shippedModbus('advantech-adam-6050').setup).toHaveLength(12);
});

it('never closes the barrier onto a loop that is occupied, and offers no way around that', () => {
  const { actions, commands } = shippedModbus('relay-barrier');
  expect(actions.find(({ key }) => key === 'close')?.unless).toEqual({ point: 'loop', equals: true });
  expect(commands.map(({ action }) => action)).toEqual(['open', 'close', 'stop']);
});

it.each(['gate-controller', 'relay-barrier', 'roger-gate'])('says of %s what opens it, and what shows that', (id) => {
  const { commands } = shippedModbus(id);
  expect(commands.filter(({ passage }) => passage === 'opens')).toEqual([
    { action: 'open', nameZh: expect.any(String) as string, passage: 'opens' },
  ]);
  const passages = commands.flatMap(({ passage }) => passage ?? []);
  expect(passages).toEqual(['opens', 'closes', 'stops']);
});

it('writes each GenComm key with its complement, in one request', () => {
  const words = shippedModbus('deepsea-gencomm').actions.flatMap(({ steps }) =>
    steps.map((step) => ('words' in step ? step.words : [])),
  );
  expect(words).toHaveLength(9);
  for (const [key = 0, complement = 0, ...rest] of words) {
    expect(key + complement).toBe(65535);
    expect(rest).toEqual([]);
  }
});

it('takes the eight highest values of a GenComm type for "no value"', () => {
  const invalid = (key: string) => shippedModbus('deepsea-gencomm').points.find((point) => point.key === key)?.invalid;
  expect(invalid('coolantTemperature')).toContain(0x7fff);
  expect(invalid('generatorActivePower')).toContain(0x7fff_ffff);
  expect(invalid('generatorVoltageL1')).toContain(0xffff_ffff);
  expect(invalid('oilPressure')).toEqual([0xfff8, 0xfff9, 0xfffa, 0xfffb, 0xfffc, 0xfffd, 0xfffe, 0xffff]);
});
