import { expect, it } from 'vitest';
import type { CommandRow } from '../../store/rows.ts';
import { commandView } from './command.ts';

const ROW: CommandRow = {
  ...{ id: 'c1', device: 'e-1', action: 'freezeNow', value: null, by: 'wang', via: 'api', state: 'done' },
  ...{ acceptedAt: 1_000, expiresAt: 6_000, sentAt: 1_010, finishedAt: 2_000, error: null },
  result: {
    seen: [
      {
        point: 'freezeNowTime',
        value: '2026-11-23T03:11:00',
        quality: 'good',
        at: 1_900,
        meterTime: '2026-11-23T03:11:00',
      },
      { point: 'freezeNowImportEnergy', value: 4_251.4, exact: '4251.40', quality: 'good', at: 1_950 },
    ],
  },
};

it('tells what a meter has shown with all its digits, and with its own time', () => {
  expect(commandView(ROW).result).toEqual({
    seen: [
      {
        ...{ point: 'freezeNowTime', value: '2026-11-23T03:11:00', quality: 'good' },
        ...{ at: '1970-01-01T00:00:01.900Z', meterTime: '2026-11-23T03:11:00' },
      },
      {
        ...{ point: 'freezeNowImportEnergy', value: 4_251.4, exact: '4251.40', quality: 'good' },
        at: '1970-01-01T00:00:01.950Z',
      },
    ],
  });
});
