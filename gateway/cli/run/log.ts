/** Where the gateway's log goes, and what of it the person at the terminal is told. */
import { pino, type Logger } from 'pino';
import { openLogFile } from './log-file.ts';
import { noticeLines, type Notices } from './notice.ts';

/**
 * JSON lines to `file`. Without one they go to standard error, unless somebody sits there. Whoever does not see the log
 * itself is told on standard error what in it needs a person. Throws CliError where `file` cannot be written.
 */
export function createLog(file: string | undefined, notices: Notices): Logger {
  if (file === undefined && !process.stderr.isTTY) return logTo((line) => process.stderr.write(line));
  const write = file === undefined ? null : openLogFile(file);
  return logTo((line) => {
    write?.(line);
    for (const text of noticeLines(JSON.parse(line), notices)) console.error(text);
  });
}

function logTo(write: (line: string) => void): Logger {
  return pino({}, { write });
}
