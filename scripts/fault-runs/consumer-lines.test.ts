import { describe, expect, it } from 'vitest';
import { consumerLines, lastDistrust } from './consumer-lines.ts';

const CATCHING_UP = '{"kind":"trust","distrust":"catchingUp","epoch":1,"seq":4,"nonNormal":0,"stateHash":"00"}\n';
const TRUSTED = '{"kind":"trust","distrust":null,"epoch":1,"seq":7,"nonNormal":0,"stateHash":"00"}\n';

describe('consumerLines', () => {
  it('reads every whole line, and leaves out what a kill has cut off and what is none', () => {
    expect(consumerLines(`a warning\n${CATCHING_UP}${TRUSTED}{"kind":"tr`)).toEqual([
      { kind: 'trust', distrust: 'catchingUp', seq: 4 },
      { kind: 'trust', distrust: null, seq: 7 },
    ]);
  });

  it('throws at a line that it does not know', () => {
    expect(() => consumerLines('{"kind":"other"}\n')).toThrow();
  });
});

describe('lastDistrust', () => {
  it('is the last whole word about it', () => {
    expect(lastDistrust('')).toBeUndefined();
    expect(lastDistrust(CATCHING_UP + TRUSTED.slice(0, -1))).toBe('catchingUp');
    expect(lastDistrust(`${CATCHING_UP}${TRUSTED}{"kind":"connection","up":false,"words":""}\n`)).toBeNull();
  });
});
