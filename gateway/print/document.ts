/** What is printed and kept on paper: A4, Chinese first, black on white, and nothing in it that runs or is loaded. */
import { html, Html, table } from './html.ts';
import { contentPolicy } from './policy.ts';

const STYLE = `@page{size:A4;margin:14mm 12mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font-size:9pt}}
body{font:10pt/1.45 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif;color:#000;margin:0 auto;max-width:186mm}
@media screen{body{padding:10mm}}
h1{font-size:16pt;margin:0 0 3mm}h2{font-size:11.5pt;margin:6mm 0 2mm;break-after:avoid}
table{border-collapse:collapse;width:100%}thead{display:table-header-group}tr,.whole{break-inside:avoid}
th,td{border:.5pt solid #777;padding:1mm 1.5mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{font-weight:600}
.strong,.strong td{font-weight:700}.small,footer{font-size:8.5pt}.hash{font-family:monospace;overflow-wrap:anywhere}
.lines{white-space:pre-wrap}.signature td{height:14mm;width:50%}footer{margin-top:6mm}`;

/** For the header `content-security-policy`; a document that was saved says most of it itself. */
export const PRINT_POLICY = contentPolicy(STYLE);
// A page may not say of itself who may put it into a frame.
const OWN_POLICY = PRINT_POLICY.replace(/; frame-ancestors [^;]*/, '');

/** A whole HTML document. Rows of class `strong` stand out; `small`, `hash`, `lines` (as they were typed), `whole` (on one sheet). */
export function printedDocument(title: string, body: readonly Html[]): string {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="content-security-policy" content="${OWN_POLICY}" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        ${body}
      </body>
    </html>`.text;
}

/** A heading with a table, or with what it means that there is nothing to list. */
export function section(heading: string, heads: readonly string[], rows: readonly Html[], none = '无 None'): Html {
  return html`<h2>${heading}</h2>
    ${rows.length === 0 ? html`<p>${none}</p>` : table(heads, rows)}`;
}
