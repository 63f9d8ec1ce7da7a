/**
 * Status words, bit by bit; bit 0 is the lowest of the first byte. DL/T 645-2007, annex C, with the bits that State Grid
 * filings add (word 3 from bit 5 on, word 4 to 6 bit 8, word 7 bits 7 and 8), as transcribed in the GitHub source index,
 * file ids 9870419879, 10412040719 and 69854621878; word 3 bit 12 in 37853106270, 28219379599 and 45811952726.
 */

/** One bit, or several that are read as a number. */
export interface StatusField {
  readonly name: string;
  readonly bit: number;
  /** The names of the numbers that a field of several bits can have. */
  readonly values?: readonly string[];
}

export interface StatusWord {
  readonly bytes: number;
  readonly fields: readonly StatusField[];
}

/** True for a set bit; a field of several bits has the name of its number. */
export type Status = Readonly<Record<string, boolean | string>>;

/** The fields of `word` in `bytes`, which come as they do over the wire. */
export function readStatus(word: StatusWord, bytes: Uint8Array): Status {
  const bitAt = (bit: number): number => ((bytes[bit >>> 3] ?? 0) >>> (bit & 7)) & 1;
  const entries = word.fields.map(({ name, bit, values }): [string, boolean | string] => {
    if (values === undefined) return [name, bitAt(bit) === 1];
    const found = bitAt(bit) + 2 * bitAt(bit + 1);
    return [name, values[found] ?? `reserved ${found}`];
  });
  return Object.fromEntries(entries);
}

/** Names by bit, from bit 0 on; '' where a bit is reserved. */
function bits(...names: readonly string[]): StatusField[] {
  return names.flatMap((name, bit) => (name === '' ? [] : [{ name, bit }]));
}

function word(bytes: number, ...fields: readonly StatusField[]): StatusWord {
  return { bytes, fields };
}

const PHASE_FAULTS = word(
  2,
  ...bits(
    'voltageLoss',
    'underVoltage',
    'overVoltage',
    'currentLoss',
    'overCurrent',
    'overload',
    'reversePower',
    'phaseBreak',
    'currentBreak',
  ),
);

/** Words 1 to 7: 04000501 to 04000507. */
export const STATUS_WORDS: readonly StatusWord[] = [
  word(
    2,
    ...bits(
      '',
      'demandByInterval',
      'clockBatteryLow',
      'readingBatteryLow',
      'activePowerReverse',
      'reactivePowerReverse',
    ),
  ),
  word(
    2,
    ...bits('activeReverseA', 'activeReverseB', 'activeReverseC', ''),
    { name: 'reactiveReverseA', bit: 4 },
    { name: 'reactiveReverseB', bit: 5 },
    { name: 'reactiveReverseC', bit: 6 },
  ),
  word(
    2,
    { name: 'secondPeriodTable', bit: 0 },
    { name: 'supply', bit: 1, values: ['mains', 'auxiliary', 'battery'] },
    { name: 'programmingAllowed', bit: 3 },
    { name: 'relayOpen', bit: 4 },
    { name: 'secondZoneTable', bit: 5 },
    { name: 'relayCommandOpen', bit: 6 },
    { name: 'preTripAlarm', bit: 7 },
    { name: 'prepayment', bit: 8, values: ['none', 'energy', 'money'] },
    { name: 'secondTariffTable', bit: 10 },
    { name: 'secondLadder', bit: 11 },
    { name: 'keepPower', bit: 12 },
  ),
  PHASE_FAULTS,
  PHASE_FAULTS,
  PHASE_FAULTS,
  word(
    2,
    ...bits(
      'voltageSequenceReversed',
      'currentSequenceReversed',
      'voltageUnbalanced',
      'currentUnbalanced',
      'auxiliarySupplyLost',
      'powerDown',
      'demandExceeded',
      'powerFactorLow',
      'currentSeverelyUnbalanced',
    ),
  ),
];

/** 04000601: which active energies the combined one is made of. */
export const ACTIVE_COMBINATION = word(
  1,
  ...bits('forwardAdded', 'forwardSubtracted', 'reverseAdded', 'reverseSubtracted'),
);

/** 04000602 and 04000603: which quadrants a combined reactive energy is made of. */
export const REACTIVE_COMBINATION = word(
  1,
  ...bits('q1Added', 'q1Subtracted', 'q2Added', 'q2Subtracted', 'q3Added', 'q3Subtracted', 'q4Added', 'q4Subtracted'),
);

const REPORTED_PHASES = ['A', 'B', 'C'].flatMap((phase, index) =>
  (
    [
      ['voltageLoss', 0],
      ['underVoltage', 1],
      ['overVoltage', 2],
      ['overCurrent', 4],
      ['overload', 5],
      ['phaseBreak', 7],
    ] as const
  ).map(([name, bit]) => ({ name: name + phase, bit: 16 * (index + 1) + bit })),
);

/** 04001501: what a meter reports of its own accord (filing of 2013). Source: sulfurandcu/dlt645-tool, parameter table. */
export const ACTIVE_REPORT = word(
  12,
  { name: 'tripped', bit: 14 },
  { name: 'closed', bit: 15 },
  ...REPORTED_PHASES,
  { name: 'voltageSequenceReversed', bit: 64 },
  { name: 'currentSequenceReversed', bit: 65 },
  { name: 'voltageUnbalanced', bit: 66 },
  { name: 'currentUnbalanced', bit: 67 },
  { name: 'powerDown', bit: 69 },
  { name: 'meterCleared', bit: 81 },
  { name: 'eventsCleared', bit: 83 },
);

/** C020 and C021 of 1997. Source: bobyuxinyang/dlt645_1997, dlt645_api_97.c. */
export const STATUS_1997 = {
  meter: word(
    1,
    ...bits('readByHand', 'demandByInterval', 'batteryLow', '', 'activePowerReverse', 'reactivePowerReverse'),
  ),
  grid: word(
    1,
    ...bits('phaseBreakA', 'phaseBreakB', 'phaseBreakC', ''),
    { name: 'overVoltageA', bit: 4 },
    { name: 'overVoltageB', bit: 5 },
    { name: 'overVoltageC', bit: 6 },
  ),
} as const;
