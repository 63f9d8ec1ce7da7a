/** What an occurrence is called in a line. Pure. */
import { channelOf } from '../../alarms/types.ts';
import type { OccurrenceView } from '../../api/resources/occurrence.ts';

type Named = Pick<OccurrenceView, 'alarm' | 'source' | 'type' | 'nameZh' | 'drill'>;

/** `入侵 window (演练 drill)`: with the channel where its source has several alarms of the type. */
export function occurrenceName({ alarm, source, type, nameZh, drill }: Named): string {
  const words = [nameZh ?? type, channelOf(alarm, source), drill ? '(演练 drill)' : null];
  return words.filter((word) => word !== null).join(' ');
}
