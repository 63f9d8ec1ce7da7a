/** What fire alarms asked to open, a table for each occurrence. Pure. */
import type { ReleaseView } from '../../api/resources/fire-release.ts';
import { dayAndClock } from '../event-line/clock-time.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';

const COLUMNS: readonly Column[] = [
  { title: '' },
  { title: 'what' },
  { title: 'command' },
  { title: 'after', align: 'right' },
  { title: 'seen' },
  { title: 'why not' },
];

type Target = ReleaseView['targets'][number];

const STATES = {
  asked: '已请求 asked',
  answered: '已打开 open',
  failed: '未打开 not open',
  lost: '又关闭 lost',
} as const;

/** `timeZone`: of the site. */
export function releaseLines(releases: readonly ReleaseView[], timeZone: string, colours: Palette): string[] {
  if (releases.length === 0) return ['no fire alarm has asked for anything to be opened'];
  const time = (at: string | null): string => (at === null ? '' : dayAndClock(Date.parse(at), timeZone));
  return releases.flatMap(({ occurrenceId, askedAt, endedAt, answered, targets }, index) => [
    ...(index > 0 ? [''] : []),
    `${time(askedAt)}  ${colours.name(occurrenceId)}  ${answered} of ${targets.length} open` +
      (endedAt === null ? colours.alarm(' and held open') : `; over ${time(endedAt)}`),
    ...table(
      COLUMNS,
      targets.map((target) => cells(target, colours)),
      colours,
    ),
  ]);
}

function cells({ device, nameZh, action, value, state, afterMs, seen, why }: Target, { good, bad }: Palette): string[] {
  const proofs = seen.map(({ point, value: shown }) => `${point} ${String(shown)}`);
  return [
    (state === 'answered' ? good : bad)(STATES[state]),
    `${nameZh ?? device} (${device})`,
    value === null ? action : `${action} ${String(value)}`,
    afterMs === null ? '' : `${(afterMs / 1_000).toFixed(1)} s`,
    proofs.join(', '),
    why ?? '',
  ];
}
