/** A file that the log is added to, line by line. */
import { appendFileSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError } from '../exit.ts';
import { systemWords } from '../system-words.ts';

/**
 * Each line is in the file when the call returns. A disk that is full must not end the gateway: what cannot be written is
 * dropped, and said once until lines can be written again. Throws CliError where the file cannot be opened.
 */
export function openLogFile(file: string): (line: string) => void {
  const fd = open(file);
  let broken = false;
  return (line) => {
    try {
      // The last line may stand there in part.
      appendFileSync(fd, broken ? `\n${line}` : line);
      if (broken) console.error(`the log ${file} is written again`);
      broken = false;
    } catch (error) {
      if (!broken) console.error(`the log ${file} cannot be written, and goes on without: ${systemWords(error)}`);
      broken = true;
    }
  };
}

function open(file: string): number {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return openSync(file, 'a');
  } catch (error) {
    throw new CliError(`the log ${file} cannot be written: ${systemWords(error)}`, 'give --log a file that this user may write'); // prettier-ignore
  }
}
