import { expect, it } from 'vitest';
import { meter } from '../rules/testing/on-paper.ts';
import { registerPoint } from './register-point.ts';

const { unit } = meter('E1');
const POINTS = [
  { key: 'importEnergy', nameZh: '', unit: 'kWh', obis: '1-0:1.8.0', poll: 'slow' },
  { key: 'day1', nameZh: '', unit: 'kWh', obis: '1-0:1.8.0', poll: 'rare', frozen: { kind: 'daily', ago: 1 } },
] as const;
const PROFILE = { id: 'p', driver: 'd', maker: '', model: '', nameZh: '', commands: [], points: POINTS };

it('is what the meter shows now, and not what it kept', () => {
  const asked = { profile: PROFILE, utility: 'electricity', unit, pulseWeight: null } as const;
  expect(registerPoint({ ...asked, point: null })).toMatchObject({ ok: true, value: 'importEnergy' });
  expect(registerPoint({ ...asked, point: 'importEnergy' })).toMatchObject({ ok: true });
  expect(registerPoint({ ...asked, point: 'day1' })).toMatchObject({
    ok: false,
    message: 'day1 of the profile p is what the meter kept then, and not what it shows now',
  });
});
