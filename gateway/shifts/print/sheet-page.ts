/** A handover sheet as a page of paper. Pure. */
import { printedDocument } from '../../print/document.ts';
import { html, table, type Html } from '../../print/html.ts';
import { wallTime } from '../../print/times.ts';
import type { HandoverRow } from '../../store/shift-rows.ts';
import type { HandoverSheet, SheetPerson } from '../sheet/schema.ts';
import {
  figuresSection,
  fieldSections,
  noteSections,
  occurrenceSections,
  standingSections,
  styleOf,
  type Style,
} from './sections.ts';

/** `handover`: whose signatures stand below it; null for a draft. A whole HTML document. */
export function sheetPage(sheet: HandoverSheet, handover: HandoverRow | null): string {
  const { site, shift } = sheet;
  const style = styleOf(sheet);
  const draft = handover === null ? '（草稿 draft）' : '';
  return printedDocument(`${site.nameZh} 交接班记录 ${shift}`, [
    html`<h1>${site.nameZh} 交接班记录 Shift handover${draft}</h1>`,
    headOf(sheet, style),
    ...noteSections(sheet, style),
    ...standingSections(sheet, style),
    figuresSection(sheet, style),
    ...occurrenceSections(sheet, style),
    ...fieldSections(sheet, style),
    handover === null ? html`<p>尚未签字 not signed</p>` : signatures(sheet, handover, style),
  ]);
}

function headOf({ shift, from, to, outgoing, incoming, site }: HandoverSheet, { time }: Style): Html {
  const cells = [shift, time(from), time(to), namesOf(outgoing), namesOf(incoming), site.timezone];
  const heads = ['班次', '自', '至', '交班人', '接班人', '时区'];
  return table(heads, [
    html`<tr>
      ${cells.map((cell) => html`<td>${cell}</td>`)}
    </tr>`,
  ]);
}

function namesOf(persons: readonly SheetPerson[]): string {
  return persons.map(({ name }) => name).join('、');
}

const STATES: Readonly<Record<HandoverRow['state'], string>> = {
  signed: '待接班人签字 waits for the second signature',
  accepted: '已交接 handed over',
  objected: '接班人有异议 objected to',
  replaced: '已被新的交接单取代 replaced',
};

function signatures({ site }: HandoverSheet, handover: HandoverRow, { person }: Style): Html {
  const { sha256, signedBy, signedAt, answeredBy, answeredAt, remark, meanwhile, state } = handover;
  const at = (when: number | null): string => wallTime(when, site.timezone);
  return html`<div class="whole">
    <h2>签字 Signatures：${STATES[state]}</h2>
    <table class="signature">
      <tr>
        <td>交班人 outgoing：${person(signedBy)}<br />${at(signedAt)}</td>
        <td>接班人 incoming：${person(answeredBy)}<br />${at(answeredAt)}</td>
      </tr>
    </table>
    ${remark === null ? [] : [html`<p class="lines">备注 Remark：${remark}</p>`]}
    ${meanwhile.length === 0 ? [] : [html`<p>签字期间新到且未确认 meanwhile：${meanwhile.join(', ')}</p>`]}
    <p class="small">内容校验 SHA-256 <span class="hash">${sha256}</span></p>
  </div>`;
}
