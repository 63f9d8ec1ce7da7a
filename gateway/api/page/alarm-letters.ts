/** What an alarm's letter says to a person; docs/alarms.md has the lifecycle. */
import type { AlarmLetter } from '../../store/rows.ts';

export const ALARM_LETTERS: Readonly<Record<AlarmLetter, string>> = {
  A: '正常 normal',
  B: '存在、未确认 active, unacknowledged',
  C: '存在、已确认 active, acknowledged',
  D: '已消失、未确认 gone, unacknowledged',
  E: '已消失、锁存、未确认 gone, latched, unacknowledged',
  F: '已消失、已确认、待复位 gone, acknowledged, to be reset',
  G: '已搁置 shelved',
  H: '按设计抑制 suppressed by design',
  I: '停用 out of service',
};
