/** The parts of a workbook of one sheet. ECMA-376 (SpreadsheetML), part 1: 18.2, 18.3, 18.8; part 2 for the package. Pure. */

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Formats of numbers there are for 0 to this many decimals. */
export const MOST_DECIMALS = 15;
/** Ids below are a spreadsheet's own. 18.8.30 */
const FIRST_FORMAT = 164;
const DECIMALS = Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) => decimals);

/** Indexes of cell formats in the styles; a number's follows from its decimals. 0 is the plain one. */
export const BOLD = 1;
export function styleOfDecimals(decimals: number): number {
  return BOLD + 1 + decimals;
}

export const SHEET_PART = 'xl/worksheets/sheet1.xml';

/** Every part but the sheet, by its name in the package. */
export function workbookParts(sheetName: string): ReadonlyMap<string, string> {
  return new Map([
    ['[Content_Types].xml', contentTypes()],
    ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', workbook(sheetName)],
    [
      'xl/_rels/workbook.xml.rels',
      relations([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['styles', 'styles.xml'],
      ]),
    ],
    ['xl/styles.xml', styles()],
  ]);
}

/** What stands before the rows: the first one stays in sight. `widths`: of the columns, in characters. */
export function sheetBegin(widths: readonly number[]): string {
  const columns = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  const views = `<sheetViews><sheetView tabSelected="1" workbookViewId="0">${pane}</sheetView></sheetViews>`;
  return `${XML}<worksheet xmlns="${MAIN}">${views}<cols>${columns.join('')}</cols><sheetData>`;
}

export const SHEET_END = '</sheetData></worksheet>';

/** Text as content of an element; what XML 1.0 (2.2) has no way to say is left out. */
export function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .toWellFormed()
    .replace(UNSAYABLE, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

// eslint-disable-next-line no-control-regex -- these are what must not be in it
const UNSAYABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
// eslint-disable-next-line no-control-regex -- as above
const SPECIAL = /[&<>\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/;

function contentTypes(): string {
  const part = (name: string, type: string): string =>
    `<Override PartName="/${name}" ContentType="${TYPE}.${type}+xml"/>`;
  const usual = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`;
  const parts = [part('xl/workbook.xml', 'sheet.main'), part(SHEET_PART, 'worksheet'), part('xl/styles.xml', 'styles')];
  return `${XML}<Types xmlns="${PACKAGE}/content-types">${usual}${parts.join('')}</Types>`;
}

function relations(targets: readonly (readonly [kind: string, target: string])[]): string {
  const each = targets.map(([kind, target], i) => {
    return `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  });
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

function workbook(sheetName: string): string {
  const name = escaped(sheetName).replaceAll('"', '&quot;');
  const sheets = `<sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets>`;
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${sheets}</workbook>`;
}

/** Each list begins with what a spreadsheet expects to be there. 18.8.21, 18.8.5 */
function styles(): string {
  const formats = DECIMALS.map((n) => `<numFmt numFmtId="${FIRST_FORMAT + n}" formatCode="${formatCode(n)}"/>`);
  const font = '<sz val="11"/><name val="Calibri"/>';
  const cell = (format: number, rest: string): string =>
    `<xf numFmtId="${format}" fillId="0" borderId="0" xfId="0" ${rest}/>`;
  const numbers = DECIMALS.map((n) => cell(FIRST_FORMAT + n, 'fontId="0" applyNumberFormat="1"'));
  const cells = [cell(0, 'fontId="0"'), cell(0, 'fontId="1" applyFont="1"'), ...numbers];
  return [
    `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${formats.join('')}</numFmts>`,
    `<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts>`,
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs></styleSheet>`,
  ].join('');
}

function formatCode(decimals: number): string {
  return decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`;
}
