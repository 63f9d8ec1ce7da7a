/** What a fault run has found, for a person. Pure. */
import type { AlarmFaults } from './alarms.ts';

const MOST_FINDINGS = 20;

export function isWhole({ judged, broken }: AlarmFaults): boolean {
  return broken === null && judged.length > 0 && judged.every(({ findings }) => findings.length === 0);
}

export function verdictLines(run: AlarmFaults): string[] {
  const { kills, minutes, judged, broken } = run;
  const total = Object.values(kills).reduce((sum, each) => sum + each, 0);
  const each = Object.entries(kills).map(([name, count]) => `${name} ${count}`);
  const pace = total === 0 ? '' : `, ${((minutes * 60) / total).toFixed(2)} s each`;
  const findings = judged.flatMap((of) => of.findings);
  const more = findings.length - MOST_FINDINGS;
  return [
    `${total} kills (${each.join(', ')}) in ${minutes.toFixed(1)} min${pace}`,
    ...judged.map(({ looked }) => looked),
    ...findings.slice(0, MOST_FINDINGS).map((finding) => `✗ ${finding}`),
    ...(more > 0 ? [`✗ and ${more} more`] : []),
    ...(broken === null ? [] : [`✗ ${broken}`]),
    ...(isWhole(run) ? ['✓ nothing is missing'] : []),
  ];
}
