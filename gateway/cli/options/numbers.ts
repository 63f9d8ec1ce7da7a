/** Numbers on a command line. Each throws commander's InvalidArgumentError, which names the option. */
import { InvalidArgumentError } from 'commander';

const NUMBER = /^(?:\d+|0x[0-9a-f]+)$/i;

/** A parser of whole numbers from `min` to `max`; `0x2000` and `8192` are the same. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = NUMBER.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`A whole number from ${min} to ${max}.`);
  };
}

/** A parser of lists such as `1-10,17`: whole numbers from `min` to `max`, each once, in the order in which they stand. */
export function numberRanges(min: number, max: number): (text: string) => readonly number[] {
  const number = wholeNumber(min, max);
  return (text) => {
    const values = text.split(',').flatMap((part) => {
      const [from = '', to = from, ...more] = part.trim().split('-');
      const [first, last] = [number(from), number(to)];
      if (more.length > 0 || last < first) throw new InvalidArgumentError('Numbers and ranges such as 1-10,17.');
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
    return [...new Set(values)];
  };
}

/** A parser of lists such as `9600,2400`, each one of `choices`. */
export function oneOfEach<T extends string | number>(choices: readonly T[]): (text: string) => readonly T[] {
  return (text) =>
    text.split(',').map((part) => {
      const choice = choices.find((one) => String(one).toLowerCase() === part.trim().toLowerCase());
      if (choice === undefined) throw new InvalidArgumentError(`Each is one of ${choices.join(', ')}.`);
      return choice;
    });
}
