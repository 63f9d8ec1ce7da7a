/** Ways to break one line of the good tables of `metered-site.ts`, each with everything that must be said of it. */

/** `edits`: what stands once in the file, and what takes its place. */
export type BadEdit = readonly [
  name: string,
  file: string,
  edits: readonly (readonly [what: string, by: string])[],
  said: readonly string[],
];

export const BAD_LINES: readonly BadEdit[] = [
  [
    'a number twice',
    'billed.csv',
    [['W-1202,', 'W-1201,']],
    [
      'billed.csv:6:1: error: the number W-1201 stands on line 5 already (a meter has one line, and a new meter another number)',
    ],
  ],
  [
    'a number twice, once in full-width characters',
    'billed.csv',
    [['W-1202,', 'Ｗ－１２０１,']],
    [
      'billed.csv:6:1: error: the number W-1201 stands on line 5 already (a meter has one line, and a new meter another number)',
    ],
  ],
  ['no number', 'billed.csv', [['W-1202,', ',']], ['billed.csv:6:1: error: "number" is missing']],
  [
    'a blank inside a number',
    'billed.csv',
    [['W-1202,', 'W 1202,']],
    ['billed.csv:6:1: error: "number" must have no blanks inside, not "W 1202"'],
  ],
  [
    'a number that a spreadsheet has rounded',
    'billed.csv',
    [['W-1202,', '1.23457E+11,']],
    [
      'billed.csv:6:1: error: "number" is "1.23457E+11": a spreadsheet has rounded it, and its digits are gone (format the column as text, and enter the number again)',
    ],
  ],
  [
    'a number of which a spreadsheet kept fifteen digits',
    'billed.csv',
    [['W-1202,', '3130001234567890000000,']],
    [
      'billed.csv:6:1: warning: the number 3130001234567890000000 has nothing but zeros behind its 15th digit, as a spreadsheet cuts long numbers (right only if they are on its plate; format the column as text)',
    ],
  ],
  [
    'an address that a spreadsheet has rounded',
    'billed.csv',
    [['000000000042,plate', '4.2E+10,plate']],
    [
      'billed.csv:9:37: error: "address" is "4.2E+10": a spreadsheet has rounded it, and its digits are gone (format the column as text, and enter the number again)',
    ],
  ],
  [
    'a reading that a spreadsheet has rounded',
    'billed.csv',
    [[',100.125,', ',1.00E+05,']],
    [
      'billed.csv:7:42: error: "initial" is "1.00E+05": a spreadsheet has rounded it, and its digits are gone (format the column as text, and enter the number again)',
    ],
  ],
  [
    'a number that lost the zeros at its start',
    'billed.csv',
    [['000000000042,3-1', '42,3-1']],
    [
      'billed.csv:9:1: warning: the number 42 lacks the zeros at the start of its address (000000000042, if that is on its plate; format the column as text)',
    ],
  ],
  [
    'an unknown home',
    'billed.csv',
    [['W-1202,3-1-1202', 'W-1202,3-1-1203']],
    ['billed.csv:6:8: error: there is no home "3-1-1203" (did you mean "3-1-1201"?)'],
  ],
  [
    'an unknown home that resembles none',
    'billed.csv',
    [['W-1202,3-1-1202', 'W-1202,B栋']],
    ['billed.csv:6:8: error: there is no home "B栋" (add it to the homes; an empty cell is a public area)'],
  ],
  [
    'an unknown utility',
    'billed.csv',
    [['coldWater', 'coldwatter']],
    ['billed.csv:6:17: error: "utility" must be a utility, not "coldwatter" (did you mean "coldWater"?)'],
  ],
  [
    'another unknown utility',
    'billed.csv',
    [['燃气', '煤']],
    [
      'billed.csv:7:17: error: "utility" must be a utility, not "煤" (there is electricity, coldWater, hotWater, reclaimedWater, gas, heat)',
    ],
  ],
  ['no utility', 'billed.csv', [['燃气', '']], ['billed.csv:7:1: error: "utility" is missing']],
  [
    'a multiplier of nothing',
    'billed.csv',
    [['importEnergy,,40', 'importEnergy,,0.0']],
    ['billed.csv:8:48: error: "multiplier" must be a number above 0, such as 40 or 0.01, not "0.0"'],
  ],
  [
    'a negative multiplier',
    'billed.csv',
    [['importEnergy,,40', 'importEnergy,,-40']],
    ['billed.csv:8:48: error: "multiplier" must be a number above 0, such as 40 or 0.01, not "-40"'],
  ],
  [
    'a multiplier written as a ratio',
    'billed.csv',
    [['importEnergy,,40', 'importEnergy,,200/5']],
    ['billed.csv:8:48: error: "multiplier" must be a number above 0, such as 40 or 0.01, not "200/5"'],
  ],
  [
    'a register without digits',
    'billed.csv',
    [['0.01,,5,,', '0.01,,0,,']],
    ['billed.csv:5:47: error: "digits" must be a whole number, 1 to 12, not "0"'],
  ],
  [
    'a register with too many digits',
    'billed.csv',
    [['0.01,,5,,', '0.01,,13,,']],
    ['billed.csv:5:47: error: "digits" must be a whole number, 1 to 12, not "13"'],
  ],
  [
    'a register with too many decimals',
    'billed.csv',
    [['0.01,,5,,', '0.01,,5,7,']],
    ['billed.csv:5:49: error: "decimals" must be a whole number, 0 to 6, not "7"'],
  ],
  [
    'a pulse that its register cannot show',
    'billed.csv',
    [['0.001,1,5,3,', '0.001,1,5,2,']],
    ['billed.csv:6:58: error: a pulse is 0.001, which a register with 2 decimals cannot show (3 or more)'],
  ],
  [
    'an initial reading beyond the register',
    'billed.csv',
    [[',3.21,', ',123456,']],
    [
      'billed.csv:5:61: error: "initial" is 123456, which its register cannot show (5 digits before the point and 2 behind it; "digits" and "decimals" say otherwise)',
    ],
  ],
  [
    'an initial reading with more decimals than the register',
    'billed.csv',
    [[',3.21,', ',3.217,']],
    [
      'billed.csv:5:61: error: "initial" is 3.217, which its register cannot show (5 digits before the point and 2 behind it; "digits" and "decimals" say otherwise)',
    ],
  ],
  ['an initial reading with zeros behind its decimals, which is right', 'billed.csv', [[',3.21,', ',3.2100,']], []],
  [
    'a reading with commas between the thousands',
    'billed.csv',
    [[',3.21,', ',"1,003.21",']],
    [
      'billed.csv:5:61: error: "initial" must be a number such as 123.45 that is not negative, not "1,003.21" (write 1003.21)',
    ],
  ],
  [
    'a negative reading',
    'billed.csv',
    [[',3.21,', ',-3.21,']],
    ['billed.csv:5:61: error: "initial" must be a number such as 123.45 that is not negative, not "-3.21"'],
  ],
  ['no initial reading', 'billed.csv', [[',3.21,', ',,']], ['billed.csv:5:1: error: "initial" is missing']],
  [
    'a final reading of a meter that is still there',
    'billed.csv',
    [['2026-03-10 09:30,4711.25', ',4711.25']],
    [
      'billed.csv:3:1: error: E-1202-B (line 4) took its place, and nobody says when it was removed (enter "removedAt", and what it showed then as "final")',
      'billed.csv:3:67: error: there is a final reading and no "removedAt" (enter when it was removed, or leave "final" empty)',
    ],
  ],
  [
    'a removal without a final reading',
    'billed.csv',
    [['2026-03-10 09:30,4711.25', '2026-03-10 09:30,']],
    [
      'billed.csv:3:66: warning: it was removed, and nobody says what it showed then (enter "final": without it, or a reading near that time, its line is not billed)',
    ],
  ],
  [
    'a final reading below the initial one',
    'billed.csv',
    [['4711.25', '4.25']],
    [
      'billed.csv:3:83: warning: it showed less at the end (4.25) than at the start (12.50) (right only if it rolled over)',
    ],
  ],
  [
    'a removal before the installation',
    'billed.csv',
    [['2026-03-10 09:30', '2023-03-10 09:30']],
    [
      'billed.csv:3:66: error: it was removed at 2023-03-10T09:30:00, before it was installed at 2024-05-01T08:00:00 (mend one of the two)',
    ],
  ],
  [
    'a day as the number that a spreadsheet keeps it as',
    'billed.csv',
    [['2024.05.01', '45413']],
    ['billed.csv:7:31: error: "installedAt" must be a day, not "45413" (format the column as a date, or as text)'],
  ],
  [
    'a day before its month and year',
    'billed.csv',
    [['2024.05.01', '1/5/2024']],
    [
      'billed.csv:7:31: error: "installedAt" must be a day with its year first, not "1/5/2024" (such as 2026-11-01 or 2026-11-01 08:00)',
    ],
  ],
  [
    'a day that there is not',
    'billed.csv',
    [['2024.05.01', '2024-02-30']],
    ['billed.csv:7:31: error: "installedAt" must be a time that there is, not "2024-02-30"'],
  ],
  [
    'words for a day',
    'billed.csv',
    [['2024.05.01', '去年']],
    [
      'billed.csv:7:31: error: "installedAt" must be a day, or a day and a time, not "去年" (such as 2026-11-01 or 2026-11-01 08:00)',
    ],
  ],
  [
    'a year that cannot be',
    'billed.csv',
    [['2024.05.01', '0202-05-01']],
    ['billed.csv:7:31: error: "installedAt" must be in a year from 1980 to 2099, not "0202-05-01"'],
  ],
  [
    'an hour that there is not',
    'billed.csv',
    [['2024.05.01', '2024-05-01 25:00']],
    ['billed.csv:7:31: error: "installedAt" must be a time that there is, not "2024-05-01 25:00"'],
  ],
  [
    'a limit of nothing',
    'billed.csv',
    [[',3,管井', ',0,管井']],
    ['billed.csv:5:69: error: "maxPerHour" must be a number above 0, such as 40 or 0.01, not "0"'],
  ],
  [
    'a quote that is not closed',
    'billed.csv',
    [['厨房', '"厨房']],
    ['billed.csv:7:54: error: a quote is opened on this line and not closed on it (a cell has no line breaks)'],
  ],
  [
    'a quote inside a cell',
    'billed.csv',
    [['厨房', '厨"房']],
    ['billed.csv:7:55: error: a quote stands inside a cell (put the cell in quotes and write "" for each quote in it)'],
  ],
  [
    'a comma that is not in quotes',
    'billed.csv',
    [['厨房,,', '厨房, 左,,']],
    ['billed.csv:7:1: error: 22 cells, and there are 21 columns (put a cell that has a separator in it in quotes)'],
  ],
];
