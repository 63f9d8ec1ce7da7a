/** Both the product's codec and this one are held against frames from outside; here against those, by what they say. */
import { describe, expect, it } from 'vitest';
import { framed, hidden, judge, stamp, stampedAt } from './frame.ts';

const KEY = Buffer.from('000102030405060708090A0B0C0D0E0F', 'hex');

describe('judge', () => {
  it.each([
    // Field captures of other makers' panels.
    ['99820040"ADM-CID"1937R15L1#21401[#21401|1602 00 000]_20:59:59,02-20-2024', 'ADM-CID', '[#21401|1602 00 000]'],
    ['EDA70039"SIA-DCS"0013L0#AAA[#AAA|Nri0/RP0000]_09:19:30,02-20-2023', 'SIA-DCS', '[#AAA|Nri0/RP0000]'],
    ['B0970029"NULL"0000L000#0809[]_21:00:01,02-20-2024', 'NULL', '[]'],
  ])('reads %s', (line, id, data) => {
    expect(judge(Buffer.from(line), null)).toMatchObject({ ok: true, message: { id, data } });
  });

  it('reads a text of several bytes a character', () => {
    const line = '2D27005C"SIA-DCS"0104R1L0#A1B2C3[#A1B2C3|Nri2/WA0007][I地下室水泵房浸水]_02:16:00,03-09-2026';
    expect(judge(Buffer.from(line), null)).toMatchObject({
      message: { data: '[#A1B2C3|Nri2/WA0007][I地下室水泵房浸水]', time: '02:16:00,03-09-2026' },
    });
  });

  it('opens what is encrypted, and says so where it cannot', () => {
    const line =
      '1925007A"*SIA-DCS"0107R1L0#A1B2C3[AE9CCAEB1EFB8613FEE4DC12B3764EF3C4F1DBF3FC5810464793B9679E69890DF7B81B3E8A2B22EE80F5738D9EC5B2E2';
    const said = { encrypted: true, data: '[#A1B2C3|Nri3/PA0101]', time: '02:15:30,03-09-2026' };
    expect(judge(Buffer.from(line), KEY)).toMatchObject({ message: said });
    expect(judge(Buffer.from(line), Buffer.alloc(16))).toMatchObject({ message: { data: null, time: null } });
  });

  it.each([
    ['B0980029"NULL"0000L000#0809[]_21:00:01,02-20-2024', 'crc'],
    ['B0970028"NULL"0000L000#0809[]_21:00:01,02-20-2024', 'length'],
    [framed('"NULL"0000#0809[]').subarray(1, -1).toString(), 'form'],
  ])('refuses %s for its %s', (line, why) => {
    expect(judge(Buffer.from(line), null)).toEqual({ ok: false, why });
  });
});

describe('what a receiver writes', () => {
  it('has the CRC and length of the standard', () => {
    expect(framed('"NULL"0000L000#0809[]_21:00:01,02-20-2024').toString()).toBe(
      '\nB0970029"NULL"0000L000#0809[]_21:00:01,02-20-2024\r',
    );
  });

  it('has the time in GMT', () => {
    expect(stamp(Date.parse('2026-03-09T02:15:30Z'))).toBe('02:15:30,03-09-2026');
    expect(stampedAt('02:15:30,03-09-2026')).toBe(Date.parse('2026-03-09T02:15:30Z'));
    expect(stampedAt('now')).toBeNaN();
  });

  it('can be opened with the key', () => {
    const line = framed(`"*ACK"0001L0#1234[${hidden('|]_02:15:30,03-09-2026', KEY)}`).subarray(1, -1);
    expect(judge(line, KEY)).toMatchObject({ message: { data: '[]', time: '02:15:30,03-09-2026' } });
  });
});
