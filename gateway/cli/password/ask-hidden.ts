/** A question on the terminal whose answer is not shown. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CliError, EXIT } from '../exit.ts';

/** The question goes to standard error: what is printed for the site file stands alone. Rejects when it is broken off. */
export function askHidden(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  process.stderr.write(question);
  return new Promise((resolve, reject) => {
    lines.on('line', (answer) => {
      resolve(answer);
      lines.close();
    });
    lines.on('close', () => {
      process.stderr.write('\n');
      // After an answer this comes too late to matter.
      reject(new CliError('broken off', undefined, EXIT.interrupted));
    });
    lines.on('SIGINT', () => lines.close());
  });
}
