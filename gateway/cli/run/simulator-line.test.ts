import { expect, it } from 'vitest';
import { palette } from '../text/palette.ts';
import { simulatorLine } from './simulator-line.ts';

it.each([
  ['2026-11-21T23:08:08.242Z x: the button is pressed', '07:08:08 ~ x: the button is pressed'],
  ['something else', 'something else'],
  ['Z x', 'Z x'],
])('%s', (line, shown) => {
  expect(simulatorLine(line, 'Asia/Shanghai', palette(false))).toBe(shown);
});
