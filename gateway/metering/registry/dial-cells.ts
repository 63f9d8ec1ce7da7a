/** The cells of a meter's line about its register: its size, and what it showed when it came and went. */
import { compare, parseDecimal } from '../../../drivers/bytes/decimal.ts';
import type { DecimalText, LocalTime } from '../model.ts';
import type { MeterColumn } from './columns.ts';
import { onDial, parseDial, parseWhole } from './parse-number.ts';
import { parseLocalTime } from './parse-time.ts';
import { orElse, type Known, type RowReader } from './read-cells.ts';

/**
 * XXXXXX.XX, the totals of DL/T 645-2007 (appendix A) and of CJ/T 188 meters. A dial with fewer digits must say so: its
 * roll-over is then held for a person, and never billed by mistake.
 */
const USUAL_DIGITS = 6;
const USUAL_DECIMALS = 2;
const MOST_DIGITS = 12;
const MOST_DECIMALS = 6;

export interface Dial {
  readonly digits: number | undefined;
  readonly decimals: number | undefined;
  readonly installedAt: LocalTime | undefined;
  readonly initial: DecimalText | undefined;
  readonly removedAt: Known<LocalTime>;
  readonly final: Known<DecimalText>;
}

type Reader = RowReader<MeterColumn>;

/** `pulseWeight`: null where nothing is counted in pulses. */
export function readDial(reader: Reader, pulseWeight: DecimalText | null): Dial {
  const { optional, required } = reader;
  const size = readSize(reader, pulseWeight);
  const shown = (text: string) => {
    const dial = parseDial(text);
    const { digits, decimals } = size;
    return dial.ok && digits !== undefined && decimals !== undefined ? onDial(dial.value, digits, decimals) : dial;
  };
  const dial: Dial = {
    ...size,
    installedAt: required('installedAt', parseLocalTime),
    initial: required('initial', shown),
    removedAt: optional('removedAt', parseLocalTime),
    final: optional('final', shown),
  };
  checkRemoval(reader, dial);
  return dial;
}

function readSize({ optional, say }: Reader, pulseWeight: DecimalText | null): Pick<Dial, 'digits' | 'decimals'> {
  const ofPulse = pulseWeight?.split('.')[1]?.length ?? 0;
  const digits = orElse(optional('digits', parseWhole(1, MOST_DIGITS)), USUAL_DIGITS);
  const decimals = optional('decimals', parseWhole(0, MOST_DECIMALS));
  if (typeof decimals === 'number' && ofPulse > decimals) {
    const message = `a pulse is ${pulseWeight ?? ''}, which a register with ${decimals} decimals cannot show`;
    say('decimals', message, `${ofPulse} or more`);
  }
  return { digits, decimals: orElse(decimals, Math.max(USUAL_DECIMALS, ofPulse)) };
}

function checkRemoval({ say }: Reader, { installedAt, initial, removedAt, final }: Dial): void {
  if (final !== null && removedAt === null) {
    say('final', 'there is a final reading and no "removedAt"', 'enter when it was removed, or leave "final" empty');
  }
  if (typeof removedAt !== 'string') return;
  if (installedAt !== undefined && removedAt < installedAt) {
    say(
      'removedAt',
      `it was removed at ${removedAt}, before it was installed at ${installedAt}`,
      'mend one of the two',
    );
  }
  if (final === null) {
    const message = 'it was removed, and nobody says what it showed then';
    say(
      'removedAt',
      message,
      'enter "final": without it, or a reading near that time, its line is not billed',
      'warning',
    );
  } else if (isLess(final, initial)) {
    const message = `it showed less at the end (${final ?? ''}) than at the start (${initial ?? ''})`;
    say('final', message, 'right only if it rolled over', 'warning');
  }
}

function isLess(a: DecimalText | undefined, b: DecimalText | undefined): boolean {
  const [left, right] = [parseDecimal(a ?? ''), parseDecimal(b ?? '')];
  return left !== null && right !== null && compare(left, right) < 0;
}
