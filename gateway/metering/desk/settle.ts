/** What becomes of a reading in doubt when a clerk has decided: the rows that say so. Pure. */
import type { NewMeterReading } from '../../store/rows.ts';
import type { Settlement } from '../../store/tables/meter-readings.ts';
import { told } from '../collection/polled.ts';
import type { MeterReading } from '../model.ts';
import type { Words } from '../rules/words.ts';

/** `replace`: with what the dial showed. `estimate`: with what it may have shown. */
export type Decision = 'accept' | 'reject' | 'replace' | 'estimate';

export interface Decided {
  readonly settlement: Settlement;
  /** What counts instead of it. */
  readonly instead: NewMeterReading | null;
}

/** `value`: what counts instead. */
const DONE: Readonly<Record<Decision, (value: string) => Words>> = {
  accept: () => ({ zh: '确认有效', en: 'accepted' }),
  reject: () => ({ zh: '作废', en: 'rejected' }),
  replace: (value) => ({ zh: `由人工读数 ${value} 替代`, en: `replaced by ${value}, what the dial showed,` }),
  estimate: (value) => ({ zh: `由估计值 ${value} 替代`, en: `replaced by ${value}, an estimate,` }),
};

/** `value`: on the dial; null where nothing counts instead of it. */
export function decided(
  reading: MeterReading,
  decision: Decision,
  value: string | null,
  { by, note }: { readonly by: string; readonly note: string },
): Decided {
  const words = signed(DONE[decision](value ?? ''), by, note);
  const standing = decision === 'accept' ? 'good' : 'rejected';
  const settlement: Settlement = { id: reading.id, standing, note: words };
  if (value === null) return { settlement, instead: null };
  const { meter, at, occasion } = reading;
  const quality = decision === 'estimate' ? 'estimated' : 'manual';
  return { settlement, instead: { meter, value, at, quality, standing: 'good', occasion, notes: [words] } };
}

/** In both languages, with the name of who answers for it. */
export function signed({ zh, en }: Words, by: string, note: string): string {
  const why = note === '' ? { zh: '', en: '' } : { zh: `：${note}`, en: `: ${note}` };
  return told({ zh: `${zh}（${by}）${why.zh}`, en: `${en} by ${by}${why.en}` });
}
