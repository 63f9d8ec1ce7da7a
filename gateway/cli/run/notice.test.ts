import { describe, expect, it } from 'vitest';
import { palette } from '../text/palette.ts';
import { noticeLines } from './notice.ts';

const notices = { timezone: 'Asia/Shanghai', colours: palette(false) };
/** Pino's own keys. */
const record = { time: Date.UTC(2026, 10, 22, 0, 41, 57), pid: 1, hostname: 'box' };

describe('noticeLines', () => {
  it('says a warning with its reason, by the clock of the site', () => {
    const away = { ...record, level: 40, msg: 'the MQTT broker is away', reason: 'connection refused' };
    expect(noticeLines(away, notices)).toEqual(['08:41:57 ! the MQTT broker is away: connection refused']);
  });

  it('lists the mistakes of a configuration that was refused', () => {
    const mistakes = [
      {
        file: 'site.yaml',
        line: 9,
        column: 3,
        message: 'unknown key "baut"',
        hint: 'did you mean "baud"?',
        severity: 'error',
      },
    ];
    expect(noticeLines({ ...record, level: 50, msg: 'it has mistakes', mistakes }, notices)).toEqual([
      '08:41:57 ✗ it has mistakes',
      '    site.yaml:9:3: error: unknown key "baut"',
      '        hint: did you mean "baud"?',
    ]);
  });

  it('says that something is well again', () => {
    const back = { ...record, level: 30, msg: 'the store can be written again', allClear: true };
    expect(noticeLines(back, notices)).toEqual(['08:41:57 ✓ the store can be written again']);
  });

  it('says that a configuration was applied, and nothing else that is ordinary', () => {
    const applied = { ...record, level: 30, msg: 'configuration applied', change: { described: ['people'] } };
    expect(noticeLines(applied, notices)).toEqual(['08:41:57 ✓ configuration applied']);
    expect(noticeLines({ ...record, level: 30, msg: 'Server listening' }, notices)).toEqual([]);
  });

  it('passes over what is no record', () => {
    expect(noticeLines({ level: 'warn' }, notices)).toEqual([]);
  });
});
