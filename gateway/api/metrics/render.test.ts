import { expect, it } from 'vitest';
import { counter, gauge, single, type Snapshot } from './metric.ts';
import { render } from './render.ts';

const nothing = {} as Snapshot;

it('writes help, type and samples', () => {
  const metrics = [
    counter('gatehouse_exchanges_total', 'Exchanges', () => [
      [{ bus: 'a', code: 'timeout' }, 3],
      [{ bus: 'b', code: 'timeout' }, 0],
    ]),
    gauge('gatehouse_lag_seconds', 'Lag', () => single(0.5)),
  ];
  expect(render(metrics, nothing)).toBe(
    [
      '# HELP gatehouse_exchanges_total Exchanges',
      '# TYPE gatehouse_exchanges_total counter',
      'gatehouse_exchanges_total{bus="a",code="timeout"} 3',
      'gatehouse_exchanges_total{bus="b",code="timeout"} 0',
      '# HELP gatehouse_lag_seconds Lag',
      '# TYPE gatehouse_lag_seconds gauge',
      'gatehouse_lag_seconds 0.5',
      '',
    ].join('\n'),
  );
});

it('escapes backslashes, quotes and line breaks of a label', () => {
  const odd = gauge('gatehouse_odd', 'Odd', () => [[{ name: 'a\\b"c\nd' }, 1]]);
  expect(render([odd], nothing)).toContain('gatehouse_odd{name="a\\\\b\\"c\\nd"} 1\n');
});
