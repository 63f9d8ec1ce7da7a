/** What becomes of a command whose standard output cannot be written any more. */
import { EXIT } from './exit.ts';
import { paletteFor } from './text/palette.ts';

/** It ends: in silence where its reader has seen enough (`gatehouse … | head`), with a word where the disk is full. */
export function endWithReader(): void {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit();
    console.error(`${paletteFor(process.stderr).bad('error:')} standard output: ${message}`);
    process.exit(EXIT.findings);
  });
}

/** It goes on: whoever watches a gateway may leave, and the disk with its output may be full. */
export function outliveReader(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.removeAllListeners('error').on('error', () => undefined);
}
