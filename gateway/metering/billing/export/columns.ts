/** The columns of the tables that a clerk opens, CSV and XLSX alike: one line of a bill, a row. */
import type { DecimalText, Home, ReadingQuality } from '../../model.ts';
import type { Boundary, BoundarySource } from '../../rules/boundary.ts';
import type { BillLine } from '../../rules/line.ts';
import type { Turn } from '../../rules/occupancy.ts';
import type { Correction } from '../../rules/run.ts';
import { UTILITIES } from '../../rules/utilities.ts';
import { localOf } from '../../rules/zone.ts';

export interface LineShown {
  /** From 1. */
  readonly row: number;
  readonly line: BillLine;
  readonly home: Home | null;
  /** Of a revision: of the lines that this one takes the place of, as a whole or in part. */
  readonly corrections: readonly Correction[];
  /** IANA name. */
  readonly zone: string;
}

/** `number`: a decimal with its digits; null where it is not known, and the cell stays empty: never 0. */
export type Cell = { readonly number: DecimalText | null } | { readonly text: string };

export interface Column {
  readonly title: string;
  /** In characters. */
  readonly width: number;
  readonly of: (shown: LineShown) => Cell;
}

const QUALITY: Readonly<Record<ReadingQuality | 'missing', string>> = {
  actual: '实抄',
  frozen: '冻结',
  manual: '人工',
  estimated: '估计',
  missing: '缺失',
};

const SOURCE: Readonly<Record<BoundarySource, string>> = {
  reading: '',
  installation: '装表底数',
  removal: '拆表止码',
  billed: '上期止码',
  estimate: '推算',
};

const TURN: Readonly<Record<Turn, string>> = { period: '账期', moveIn: '入住', moveOut: '迁出' };

export const COLUMNS: readonly Column[] = [
  { title: '序号', width: 6, of: ({ row }) => ({ number: String(row) }) },
  { title: '房号', width: 14, of: ({ line }) => text(line.home ?? '公共区域') },
  { title: '楼栋', width: 8, of: ({ home }) => text(home?.building) },
  { title: '单元', width: 8, of: ({ home }) => text(home?.unit) },
  { title: '房间', width: 8, of: ({ home }) => text(home?.room) },
  { title: '能源', width: 8, of: ({ line }) => text(UTILITIES[line.utility].name.zh) },
  { title: '账期', width: 10, of: ({ line }) => text(line.period) },
  { title: '表号', width: 18, of: ({ line }) => text(line.meters.join('→')) },
  { title: '期初时间', width: 18, of: ({ line, zone }) => when(line.opening, zone) },
  { title: '期初读数', width: 14, of: ({ line }) => ({ number: line.opening?.value ?? null }) },
  { title: '期初来源', width: 14, of: ({ line }) => text(known(line.openingQuality, line.opening)) },
  { title: '期末时间', width: 18, of: ({ line, zone }) => when(line.closing, zone) },
  { title: '期末读数', width: 14, of: ({ line }) => ({ number: line.closing?.value ?? null }) },
  { title: '期末来源', width: 14, of: ({ line }) => text(known(line.closingQuality, line.closing)) },
  { title: '倍率', width: 8, of: ({ line }) => ({ number: line.multiplier }) },
  { title: '用量', width: 14, of: ({ line }) => ({ number: line.consumption }) },
  { title: '单位', width: 6, of: ({ line }) => text(line.unit) },
  { title: 'OBIS', width: 11, of: ({ line }) => text(line.obis) },
  { title: '分表段', width: 30, of: ({ line }) => text(segmentsIn(line)) },
  { title: '住户分段', width: 30, of: ({ line }) => text(occupanciesIn(line)) },
  { title: '说明', width: 60, of: ({ line }) => text(line.reasons.map(({ zh }) => zh).join('；')) },
  { title: '更正原账单', width: 22, of: ({ line, corrections }) => text(replacedIn(line, corrections)) },
  { title: '更正原因', width: 30, of: ({ corrections }) => text(inOrder(corrections.map(({ why }) => why))) },
];

/** A line of another name is named. */
function replacedIn({ chain }: BillLine, corrections: readonly Correction[]): string {
  return inOrder(corrections.map((of) => (of.chain === chain ? of.replaces : `${of.replaces}（${of.chain}）`)));
}

function inOrder(texts: readonly string[]): string {
  return [...new Set(texts)].join('；');
}

/** A cell of a spreadsheet holds 32,767 characters; the NDJSON file has all of them. */
const MOST_TEXT = 32_000;

function text(value = ''): Cell {
  return { text: value.length > MOST_TEXT ? `${value.slice(0, MOST_TEXT)}……（全文见 NDJSON）` : value };
}

function when(boundary: Boundary | null, zone: string): Cell {
  return text(boundary === null ? '' : localOf(boundary.at, zone).replace('T', ' '));
}

function known(quality: keyof typeof QUALITY, boundary: Boundary | null): string {
  const source = boundary === null ? '' : SOURCE[boundary.source];
  return source === '' ? QUALITY[quality] : `${QUALITY[quality]}（${source}）`;
}

/** Only where there are several: otherwise the line says it. */
function segmentsIn({ segments }: BillLine): string {
  if (segments.length < 2) return '';
  return segments
    .map(({ meter, opening, closing, multiplier, consumption }) => {
      const values = `${opening?.value ?? '缺'}→${closing?.value ?? '缺'}`;
      return `${meter} ${values} ×${multiplier} = ${consumption ?? '未知'}`;
    })
    .join('；');
}

function occupanciesIn({ occupancies }: BillLine): string {
  return occupancies
    .map(({ begins, ends, consumption }) => `${TURN[begins]}至${TURN[ends]}：${consumption ?? '未知'}`)
    .join('；');
}
