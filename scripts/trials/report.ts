/** What a trial found, for a person. Pure. */
import type { Run } from './clerk.ts';
import type { Verdict } from './judge.ts';
import type { Refereed } from './referee.ts';

const SHOWN = 10;
const SIGNS: Readonly<Record<Verdict['kind'], string>> = { equal: '=', near: '≈', explained: 'e', unexplained: '✗' };

/** Some lines with what the dials showed: of each bill the first, and those with something wrong. */
export function tableOf(lines: readonly Refereed[]): string[] {
  const odd = lines.filter(({ meter }) => meter.trouble !== null);
  const usual = lines.filter(({ meter }) => meter.trouble === null);
  const chosen = [...spread(usual, SHOWN / 2), ...spread(odd, SHOWN / 2)];
  return [
    'meter          what is wrong  end      at                   source  bill        dial        billed',
    ...chosen.flatMap((refereed) => {
      const { meter, line, dials, verdicts } = refereed;
      const row = (end: 'opening' | 'closing'): string => {
        const { at, source, value } = line[end];
        const verdict = SIGNS[verdicts[end].kind];
        const used = end === 'opening' ? '' : `${line.consumption} ${SIGNS[verdicts.consumption.kind]}`;
        const cells = [
          meter.id,
          meter.trouble ?? '',
          end,
          at,
          source,
          value,
          `${dials[end]?.exact ?? ''} ${verdict}`,
          used,
        ];
        return cells.map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0)).join('');
      };
      return [row('opening'), row('closing')];
    }),
  ];
}

const WIDTHS = [15, 15, 9, 21, 6, 12, 14, 0];

function spread<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.floor(all.length / most));
  return all.filter((_, i) => i % step === 0).slice(0, most);
}

export function countOf(lines: readonly Refereed[]): Record<Verdict['kind'], number> {
  const count = { equal: 0, near: 0, explained: 0, unexplained: 0 };
  for (const { verdicts } of lines) for (const { kind } of Object.values<Verdict>(verdicts)) count[kind] += 1;
  return count;
}

/** Each value that is not what the dial showed, with why. */
export function differencesOf(lines: readonly Refereed[]): string[] {
  return lines.flatMap(({ meter, line, verdicts }) =>
    Object.entries(verdicts).flatMap(([what, verdict]) =>
      'why' in verdict
        ? [
            `${SIGNS[verdict.kind]} ${meter.id} (${meter.trouble ?? 'nothing wrong'}) ${what}: ${verdict.why}; ${line.reasons}`,
          ]
        : [],
    ),
  );
}

export function runWords({ run, figures, findings }: Run): string {
  const codes = Object.entries(Object.groupBy(findings, ({ code }) => code));
  const found = codes.map(([code, all = []]) => `${all.length} ${code}`).join(', ');
  const qualities = Object.entries(figures?.byQuality ?? {}).map(([quality, n]) => `${n} ${quality}`);
  return `${run}: ${figures?.lines ?? 0} lines (${qualities.join(', ')}), ${figures?.consumption ?? ''} in all; findings: ${found || 'none'}`;
}
