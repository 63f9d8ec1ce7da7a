import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { printedDocument, PRINT_POLICY, section } from './document.ts';
import { html, row } from './html.ts';

const NOTE = '<script>alert(1)</script>';

it('shows what people wrote as text, in the title too', () => {
  const printed = printedDocument(NOTE, [section(NOTE, ['记录'], [row('', [NOTE])])]);
  expect(printed).not.toContain('<script');
  expect(printed.split('&#60;script&#62;alert(1)&#60;/script&#62;')).toHaveLength(4);
});

it('allows the one style that it has, and nothing else', () => {
  const printed = printedDocument('交接班', [html`<p>1</p>`]);
  const style = /<style>([^]*)<\/style>/.exec(printed)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(PRINT_POLICY).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
  expect(printed).toContain(`style-src &#39;sha256-${hash}&#39;`);
  expect(printed).not.toMatch(/src=|href=|url\(|@import/);
});

it('says that a list is empty', () => {
  expect(section('搁置', ['告警'], []).text).toContain('无 None');
  expect(section('搁置', ['告警'], []).text).not.toContain('<table');
});
