import { expect, it } from 'vitest';
import type { SiteConfig } from '../../config/site-config.ts';
import { NOW, raised } from '../../store/testing/fixtures.ts';
import { alarmLists, closedBuses, listed, troubledDevices } from './now.ts';

const namesOf = () => ({ nameZh: '轿厢报警', nameEn: 'Car alarm', sourceNameZh: '一号电梯', location: '一栋' });
const AT = new Date(NOW).toISOString();

it('has what is hidden for two reasons in both lists, and in none that shows it', () => {
  const { after } = raised({
    ...{ letter: 'H', shelved: true, suppressed: true, suppressedBy: ['feed--power-loss'] },
    shelving: { until: NOW, by: 'li', reason: 'on order' },
  });
  const lists = alarmLists([after], namesOf);
  expect([lists.standing.total, lists.outOfService.total]).toEqual([0, 0]);
  expect(lists.shelved.items).toMatchObject([{ by: 'li', why: 'on order', until: AT, location: '一栋', letter: 'H' }]);
  expect(lists.suppressed.items).toMatchObject([{ hiddenBy: ['feed--power-loss'], by: null }]);
});

it('says since when and by whom of what stands, and of what is out of service', () => {
  const standing = raised({ letter: 'C', acked: true, ackedBy: 'li' }).after;
  const permit = { by: 'wang', text: 'permit 12', since: NOW };
  const lists = alarmLists([standing, raised({ letter: 'I', outOfService: true, permit }).after], namesOf);
  expect(lists.standing.items).toMatchObject([{ letter: 'C', since: AT, by: 'li' }]);
  expect(lists.outOfService.items).toMatchObject([{ why: 'permit 12', since: AT, by: 'wang' }]);
});

it('has devices that are not heard whole, those that are switched off, and those never asked', () => {
  const device = { inputs: [], alarms: {}, bus: 'b', profile: 'p' };
  const devices: SiteConfig['devices'] = ['well', 'ill', 'new'].map((id) => ({ ...device, id, enabled: true }));
  const states = new Map([
    ['well', { state: 'online' as const, since: NOW, reason: '' }],
    ['ill', { state: 'offline' as const, since: NOW, reason: 'no answer' }],
    ['off', { state: 'online' as const, since: NOW, reason: '' }],
  ]);
  const found = troubledDevices({ devices: [...devices, { ...device, id: 'off', enabled: false }] }, states);
  expect(found.items.map(({ id, state, since }) => [id, state, since])).toEqual([
    ['ill', 'offline', AT],
    ['new', 'unknown', null],
    ['off', 'disabled', null],
  ]);
});

it('has buses that are not open, with why', () => {
  const buses: SiteConfig['buses'] = [];
  const statistics = [
    { bus: 'a', state: 'open', reason: null },
    { bus: 'b', state: 'connecting', reason: null },
    { bus: 'c', state: 'closed', reason: 'no such port' },
  ] as const;
  expect(closedBuses({ buses }, statistics)).toEqual([
    { id: 'b', nameZh: null, reason: 'connecting' },
    { id: 'c', nameZh: null, reason: 'no such port' },
  ]);
});

it('says how many there are of a list that is too long', () => {
  const { total, items } = listed(Array.from({ length: 700 }, (_, index) => index));
  expect([total, items.length]).toEqual([700, 500]);
});
