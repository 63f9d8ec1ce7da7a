/** Figures as text. Pure. */
import type { Figure } from '../benchmark.ts';

/** Three significant digits, and no fewer than those before the point. */
export function digits(value: number): string {
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 1e-3))));
  return value.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: decimals });
}

/** Measured by reference; null where nothing is to be compared with. */
export function ratioOf({ measured, reference }: Figure): number | null {
  return reference ? measured / reference.value : null;
}

/** For a terminal. */
export function figureLines(figures: readonly Figure[]): string[] {
  return figures.map((figure) => {
    const { what, unit, measured, reference } = figure;
    const against = reference
      ? `; ${reference.what} ${digits(reference.value)}, ratio ${ratioOf(figure)?.toFixed(3) ?? ''}`
      : '';
    return `  ${what}: ${digits(measured)} ${unit}${against}`;
  });
}

/** A table for the page. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { what, unit, measured, reference } = figure;
    const against = reference ? `${reference.what}: ${digits(reference.value)} ${unit}` : '–';
    return `| ${what} | ${digits(measured)} ${unit} | ${against} | ${ratioOf(figure)?.toFixed(3) ?? '–'} |`;
  });
  return ['| figure | measured | reference, from the same run | ratio |', '|---|---:|---|---:|', ...rows].join('\n');
}
