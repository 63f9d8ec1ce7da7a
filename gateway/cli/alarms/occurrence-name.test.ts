import { expect, it } from 'vitest';
import { occurrenceName } from './occurrence-name.ts';

const intrusion = { alarm: 'home-1--home-intrusion--window', source: 'home-1', type: 'home.intrusion', nameZh: '入侵' };

it('tells two alarms of one home and one type apart', () => {
  expect(occurrenceName({ ...intrusion, drill: false })).toBe('入侵 window');
  expect(occurrenceName({ ...intrusion, alarm: 'home-1--home-intrusion--door', drill: true })).toBe(
    '入侵 door (演练 drill)',
  );
});

it('says no more than the type where that has no name, and no channel', () => {
  expect(occurrenceName({ ...intrusion, alarm: 'home-1--home-intrusion', nameZh: null, drill: false })).toBe(
    'home.intrusion',
  );
});
