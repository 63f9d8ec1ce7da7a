/** `gatehouse billing`: a month is billed, from the draft to the acknowledgement. */
import { Command } from 'commander';
import { parseUtility } from '../metering/registry/parse-utility.ts';
import type { ChangeOptions, ShowOptions } from './api/options.ts';
import { changing, showing } from './api/options.ts';
import type { RunsOptions } from './billing/run-list.ts';
import type { AcceptOptions, PeriodNamed } from './billing/run-steps.ts';
import { usageError } from './exit.ts';
import { callerPath } from './options/caller-path.ts';
import { wholeNumber } from './options/numbers.ts';
import { utility } from './options/utility.ts';

const DRAFT_NUMBER = wholeNumber(1, 1_000_000);

const EXAMPLES = `
Examples:
  $ scripts/gatehouse billing draft electricity 2026-11
  $ scripts/gatehouse billing findings electricity-2026-11
  $ scripts/gatehouse billing close electricity-2026-11 --draft 1
  $ scripts/gatehouse billing export electricity-2026-11 --to bills`;

export function billingCommand(): Command {
  const command = new Command('billing')
    .summary('bill a month: draft, check, close, correct, hand over')
    .description('Billing runs of the gateway that runs. docs/billing.md explains them.')
    .addHelpText('after', EXAMPLES);
  const all = [runs, draft, show, findings, accept, close, discard, revise, exportRun, acknowledge];
  for (const make of all) command.addCommand(make());
  return command;
}

function example(words: string): string {
  return `\nExample:\n  $ scripts/gatehouse billing ${words}`;
}

function runs(): Command {
  return showing(new Command('runs'))
    .description('Lists the billing runs, newest period first.')
    .option('--utility <name>', 'those of this utility', utility)
    .option('--period <month>', 'those of this period, as 2026-11')
    .option('--unacknowledged', 'those that are closed, and not yet taken over by the billing system')
    .addHelpText('after', example('runs --unacknowledged'))
    .action(async (options: RunsOptions) => {
      const { listRuns } = await import('./billing/run-list.ts');
      await listRuns(options);
    });
}

function draft(): Command {
  return changing(new Command('draft'))
    .description(
      'Drafts the run of a utility and period, again where it is there and open, and looks at what is found.',
    )
    .argument('<utility>', 'by any name that a table may give it; or a revision, as electricity-2026-11-r1')
    .argument('[period]', 'such as 2026-11')
    .addHelpText('after', example('draft 冷水 2026-11'))
    .action(async (what: string, period: string | undefined, options: ChangeOptions) => {
      const named = namedIn(what, period);
      const { draftRun } = await import('./billing/run-steps.ts');
      await draftRun(what, named, options);
    });
}

/** Null: `what` is a run that is there. Throws CliError. */
function namedIn(what: string, period: string | undefined): PeriodNamed | null {
  const utilityNamed = parseUtility(what);
  if (period === undefined) {
    if (utilityNamed.ok) throw usageError(`${what} of which period?`, `billing draft ${what} 2026-11`);
    return null;
  }
  if (!utilityNamed.ok) throw usageError(`${JSON.stringify(what)} is no utility`, utilityNamed.hint);
  return { utility: utilityNamed.value, period };
}

function show(): Command {
  return showing(new Command('show'))
    .description('Shows how a run stands.')
    .argument('<run>', 'such as electricity-2026-11')
    .addHelpText('after', example('show electricity-2026-11'))
    .action(async (run: string, options: ShowOptions) => {
      const { showRun } = await import('./billing/run-show.ts');
      await showRun(run, options);
    });
}

function findings(): Command {
  return showing(new Command('findings'))
    .description('Lists what is to be looked at in a run, and which of it keeps it from being closed.')
    .argument('<run>')
    .option('--blocking', 'only what keeps it from being closed')
    .addHelpText('after', example('findings electricity-2026-11 --blocking'))
    .action(async (run: string, options: ShowOptions & { readonly blocking?: boolean }) => {
      const { showFindings } = await import('./billing/run-show.ts');
      await showFindings(run, options);
    });
}

function accept(): Command {
  return changing(new Command('accept'))
    .description('Accepts findings of a run, with a note that stands in the manifest.')
    .argument('<run>')
    .argument('[key...]', 'of the findings')
    .option('--all <finding>', 'instead of keys: all findings of this kind, as openingMissing in the first month')
    .option('--draft <n>', 'the draft that you have looked at: refused if there is another one', DRAFT_NUMBER)
    .requiredOption('--note <text>', 'why it is right')
    .addHelpText('after', example('accept electricity-2026-11 000012345678:tenTimes --note "burst pipe, seen on site"'))
    .action(async (run: string, keys: readonly string[], options: AcceptOptions) => {
      if ((options.all === undefined) === (keys.length === 0))
        throw usageError('which findings?', 'either their keys, as `findings` lists them, or --all and what kind');
      const { acceptFindings } = await import('./billing/run-steps.ts');
      await acceptFindings(run, keys, options);
    });
}

function close(): Command {
  return changing(new Command('close'))
    .description('Closes a run: from then on it never changes, and its files are handed over.')
    .argument('<run>')
    .requiredOption('--draft <n>', 'the draft that you have looked at, as `show` tells it', DRAFT_NUMBER)
    .addHelpText('after', example('close electricity-2026-11 --draft 1'))
    .action(async (run: string, options: ChangeOptions & { readonly draft: number }) => {
      const { takeStep } = await import('./billing/run-steps.ts');
      await takeStep(run, 'close', { draft: options.draft }, options);
    });
}

function discard(): Command {
  return changing(new Command('discard'))
    .description('Takes the draft of an open run away: another month was meant, or another line to be corrected.')
    .argument('<run>')
    .requiredOption('--note <text>', 'why')
    .addHelpText('after', example('discard electricity-2026-10 --note "November was meant"'))
    .action(async (run: string, options: ChangeOptions & { readonly note: string }) => {
      const { takeStep } = await import('./billing/run-steps.ts');
      await takeStep(run, 'discard', { note: options.note }, options);
    });
}

function revise(): Command {
  return changing(new Command('revise'))
    .description('Opens a revision of a closed run for some of its lines; then draft it, and close it as any run.')
    .argument('<run>')
    .argument('<line...>', 'the number of the oldest meter of each')
    .requiredOption('--why <text>', 'what was wrong')
    .addHelpText('after', example('revise electricity-2026-11 000012345678 --why "the exchange was entered late"'))
    .action(async (run: string, chains: readonly string[], options: ChangeOptions & { readonly why: string }) => {
      const { takeStep } = await import('./billing/run-steps.ts');
      await takeStep(run, 'revise', { corrections: chains.map((chain) => ({ chain, why: options.why })) }, options);
    });
}

function exportRun(): Command {
  return changing(new Command('export'))
    .description(
      'Writes the files of a closed run: CSV, XLSX, NDJSON and the manifest. They are the same bytes each time.',
    )
    .argument('<run>')
    .option('--to <folder>', 'where they go', (name: string) => callerPath(name), '.')
    .addHelpText('after', example('export electricity-2026-11 --to bills'))
    .action(async (run: string, options: ChangeOptions & { readonly to: string }) => {
      const { writeFiles } = await import('./billing/run-export.ts');
      await writeFiles(run, options);
    });
}

function acknowledge(): Command {
  return changing(new Command('acknowledge'))
    .description('Says that the billing system has taken a run over. It names the manifest that it has by its SHA-256.')
    .argument('<run>')
    .requiredOption('--manifest <sha256>', 'of the manifest that was taken over')
    .addHelpText('after', example('acknowledge electricity-2026-11 --manifest 9f86d081…'))
    .action(async (run: string, options: ChangeOptions & { readonly manifest: string }) => {
      const { takeStep } = await import('./billing/run-steps.ts');
      await takeStep(run, 'acknowledge', { manifest: options.manifest }, options);
    });
}
