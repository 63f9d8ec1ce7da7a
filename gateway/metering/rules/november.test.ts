import { describe, expect, it } from 'vitest';
import { NOVEMBER_ON_PAPER } from './testing/november.ts';
import { draft, shown } from './testing/on-paper.ts';

describe('a month by hand', () => {
  it.each(NOVEMBER_ON_PAPER)('%s', (_, paper, expected) => {
    const { line, findings } = draft(paper);
    expect({
      ...{ opening: shown(line?.opening ?? null), closing: shown(line?.closing ?? null) },
      ...{ consumption: line?.consumption, multiplier: line?.multiplier },
      uses: line?.segments.map(({ use }) => use),
      reasons: line?.reasons.map(({ code }) => code),
      findings: findings.map(({ code }) => code),
      parts: line?.occupancies.map(({ begins, ends, consumption }) => `${begins}–${ends}: ${consumption ?? 'unknown'}`),
      next: shown(line?.billedTo ?? null),
    }).toEqual({ ...{ reasons: [], findings: [], parts: [], multiplier: '1', next: expected.closing }, ...expected });
  });
});
