import { describe, expect, it } from 'vitest';
import { NOVEMBER_ON_PAPER } from './testing/november.ts';
import { draft } from './testing/on-paper.ts';

/** The words of the line whose case begins with `number`. */
function words(number: string): [zh: string, en: string][] {
  const [, paper] = NOVEMBER_ON_PAPER.find(([name]) => name.startsWith(number)) ?? [];
  if (paper === undefined) throw new RangeError(number);
  return draft(paper).line?.reasons.map(({ zh, en }) => [zh, en]) ?? [];
}

describe('the words of a line', () => {
  it.each<[string, [zh: string, en: string][]]>([
    [
      '06',
      [
        [
          '表 W06 计度器翻转：99990.10（2026-11-01 00:00）→ 3.45（2026-12-01 00:00），用量 13.35',
          'meter W06 rolled over: 99990.10 at 2026-11-01 00:00 → 3.45 at 2026-12-01 00:00, 13.35 used',
        ],
      ],
    ],
    [
      '07',
      [
        [
          '换表：旧表 E07a 止码 4600.00（2026-11-12 10:00），新表 E07b 底数 0.12（2026-11-12 10:30）',
          'replaced: meter E07a ended with 4600.00 at 2026-11-12 10:00, meter E07b began with 0.12 at 2026-11-12 10:30',
        ],
      ],
    ],
    [
      '09',
      [
        [
          '表 W09 缺期末读数（2026-12-01 00:00）；最后一次有效读数 75.00（2026-11-20 07:00）',
          'meter W09 has no closing value at 2026-12-01 00:00; its last good one is 75.00 at 2026-11-20 07:00',
        ],
      ],
    ],
    [
      '13',
      [
        ['迁出抄表：表 E13 读数 845.20（2026-11-10 10:00）', 'moved out: meter E13 showed 845.20 at 2026-11-10 10:00'],
        ['入住抄表：表 E13 读数 846.00（2026-11-15 18:00）', 'moved in: meter E13 showed 846.00 at 2026-11-15 18:00'],
      ],
    ],
    [
      '17',
      [
        [
          '表 W17 期末为人工抄表：50.50（2026-12-02 09:30）',
          'meter W17: the closing value 50.50 was noted by a person at 2026-12-02 09:30',
        ],
        ['表 W17：read by Li, photo 118', 'meter W17: read by Li, photo 118'],
      ],
    ],
    [
      '20',
      [
        [
          '表 G20 期初估计值 250.000（2026-11-01 00:00）偏高，实际为 247.400（2026-12-01 00:00），多计部分退回',
          'meter G20: the estimate 250.000 at 2026-11-01 00:00 was too high, it shows 247.400 at 2026-12-01 00:00: the difference is given back',
        ],
      ],
    ],
    [
      '21',
      [['含以前未计费的用量：自 2026-10-01 00:00 起', 'includes what was not billed before: since 2026-10-01 00:00']],
    ],
    [
      '23',
      [
        [
          '表 E23 读数倒退：700.00（2026-11-01 00:00）→ 650.00（2026-12-01 00:00），原因不明，不计用量',
          'meter E23 went back from 700.00 at 2026-11-01 00:00 to 650.00 at 2026-12-01 00:00, and nobody has said why: no use is billed',
        ],
      ],
    ],
    [
      '24',
      [
        [
          '表 G24 期末为估计值 145.000（2026-12-01 00:00），从 140.000（2026-11-21 00:00）起，按 2026-10-01 00:00 至 2026-11-01 00:00 的日均用量（共 15.500）推算',
          'meter G24: the closing value 145.000 at 2026-12-01 00:00 is estimated, from 140.000 at 2026-11-21 00:00 by the daily use between 2026-10-01 00:00 and 2026-11-01 00:00 (15.500 in all)',
        ],
      ],
    ],
  ])('case %s', (number, expected) => {
    expect(words(number)).toEqual(expected);
  });
});
