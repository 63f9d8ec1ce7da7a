/** Colours by what they mean, so that all commands mean the same by them. */
import { styleText } from 'node:util';

type Paint = (text: string) => string;

export interface Palette {
  readonly strong: Paint;
  /** What is there for completeness. */
  readonly faint: Paint;
  readonly good: Paint;
  readonly warning: Paint;
  readonly bad: Paint;
  /** Names of things. */
  readonly name: Paint;
  /** Life is at stake. */
  readonly alarm: Paint;
}

const STYLES = {
  strong: 'bold',
  faint: 'dim',
  good: 'green',
  warning: 'yellow',
  bad: 'red',
  name: 'cyan',
  alarm: ['bold', 'white', 'bgRed'],
} as const satisfies Record<keyof Palette, Parameters<typeof styleText>[0]>;

const plain: Paint = (text) => text;

const COLOURED = paletteOf((style) => (text) => styleText(STYLES[style], text, { validateStream: false }));
const PLAIN = paletteOf(() => plain);

export function palette(coloured: boolean): Palette {
  return coloured ? COLOURED : PLAIN;
}

/** The palette for what is written to `stream`: plain where it is no terminal, or NO_COLOR says so. */
export function paletteFor(stream: NodeJS.WriteStream): Palette {
  return palette(styleText('bold', '.', { stream }) !== '.');
}

function paletteOf(paint: (style: keyof Palette) => Paint): Palette {
  return {
    strong: paint('strong'),
    faint: paint('faint'),
    good: paint('good'),
    warning: paint('warning'),
    bad: paint('bad'),
    name: paint('name'),
    alarm: paint('alarm'),
  };
}
