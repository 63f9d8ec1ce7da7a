import { expect, it } from 'vitest';
import { html, Html } from './html.ts';

it('escapes what is put in, in text and in attributes', () => {
  const name = `<script>"&'`;
  expect(html`<b title="${name}">${name}</b>`.text).toBe(
    '<b title="&#60;script&#62;&#34;&#38;&#39;">&#60;script&#62;&#34;&#38;&#39;</b>',
  );
});

it('leaves HTML as it is, one piece or many', () => {
  expect(html`<p>${[html`<i>${1}</i>`, new Html('<br>')]}</p>`.text).toBe('<p><i>1</i><br></p>');
});
