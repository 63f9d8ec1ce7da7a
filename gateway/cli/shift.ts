/** `gatehouse shift`: who is on duty, what they note, and how they hand over. */
import { Command, InvalidArgumentError } from 'commander';
import { changing, showing, type ChangeOptions } from './api/options.ts';
import type { ListShiftsOptions } from './shift/list-shifts.ts';
import type { ShowSheetOptions } from './shift/show-sheet.ts';
import type { AnswerOptions, BeginOptions, HandoverOptions, NoteOptions } from './shift/steps.ts';

const EXAMPLES = `
Examples:
  $ scripts/gatehouse shift begin --by li
  $ scripts/gatehouse shift note "key of the pump room is with the plumber" --open --by li
  $ scripts/gatehouse shift handover --to zhao --by li
  $ scripts/gatehouse shift sign --sheet 9f86d081 --by zhao`;

export function shiftCommand(): Command {
  return new Command('shift')
    .summary('who is on duty: notes, handover sheets, signatures')
    .description(
      'The shift log of the gateway that runs (交接班): `list` is what is done where nothing else is named. docs/shifts.md ' +
        'explains it.',
    )
    .addHelpText('after', EXAMPLES)
    .addCommand(list(), { isDefault: true })
    .addCommand(begin())
    .addCommand(note())
    .addCommand(show())
    .addCommand(handover())
    .addCommand(sign())
    .addCommand(object());
}

function example(words: string): string {
  return `\nExample:\n  $ scripts/gatehouse shift ${words}`;
}

function list(): Command {
  return showing(new Command('list'))
    .summary('who is on duty, and who was')
    .description('Lists the shifts, newest first.')
    .option('--limit <count>', 'so many', whole, 20)
    .addHelpText('after', example('list'))
    .action(async (options: ListShiftsOptions) => {
      const { listShifts } = await import('./shift/list-shifts.ts');
      await listShifts(options);
    });
}

function begin(): Command {
  return changing(new Command('begin'))
    .summary('come on duty where nobody is')
    .description('Comes on duty where nobody is: the first time. After that a shift is handed over.')
    .option('--with <name...>', 'who else comes on duty')
    .addHelpText('after', example('begin --by li --with wang'))
    .action(async (options: BeginOptions) => {
      const { beginShift } = await import('./shift/steps.ts');
      await beginShift(options);
    });
}

function note(): Command {
  return changing(new Command('note'))
    .summary('note something')
    .description('Notes something in the shift that is on. A note never changes: a further one corrects it.')
    .argument('<text>')
    .option('--open', 'something to be done: carried over until a note closes it')
    .option('--alarm <alarm>', 'the alarm that it is about')
    .option('--occurrence <id>', 'and which of its occurrences')
    .option('--corrects <note>', 'the number of the note that this one puts right', whole)
    .option('--closes <note>', 'the number of the note that is done with this one', whole)
    .addHelpText('after', example('note "the key is back" --closes 12 --by li'))
    .action(async (text: string, options: NoteOptions) => {
      const { noteInShift } = await import('./shift/steps.ts');
      await noteInShift(text, options);
    });
}

function show(): Command {
  return showing(new Command('show'))
    .summary('the handover sheet')
    .description('Shows the handover sheet as it is now, or one that was signed.')
    .argument('[handover]', 'the number of a handover; unset: as it is now', whole)
    .option('--html', 'the sheet to be printed on A4')
    .addHelpText('after', example('show 3 --html > handover-3.html'))
    .action(async (number: number | undefined, options: ShowSheetOptions) => {
      const { showSheet } = await import('./shift/show-sheet.ts');
      await showSheet(number ?? null, options);
    });
}

function handover(): Command {
  return changing(new Command('handover'))
    .summary('sign the sheet, as one who goes')
    .description(
      'Keeps the sheet as it is now, with the first signature. You stay on duty until one who comes has signed.',
    )
    .requiredOption('--to <name...>', 'who comes on duty')
    .addHelpText('after', example('handover --to zhao qian --by li'))
    .action(async (options: HandoverOptions) => {
      const { handOver } = await import('./shift/steps.ts');
      await handOver(options);
    });
}

function answering(name: string): Command {
  return changing(new Command(name)).requiredOption(
    '--sheet <sha256>',
    'of the sheet that you have read: at least its first 8 characters',
    fingerprint,
  );
}

function sign(): Command {
  return answering('sign')
    .summary('sign the sheet, as one who comes')
    .description('Takes over: the second signature under the sheet. You are on duty from now on.')
    .option('--remark <text>', 'what is to stand beside your signature')
    .addHelpText('after', example('sign --sheet 9f86d081 --by zhao'))
    .action((options: AnswerOptions & ChangeOptions) => answer('accept', options));
}

function object(): Command {
  return answering('object')
    .summary('object to the sheet, as one who comes')
    .description('Objects to the sheet. Whoever was on duty stays so, and signs another one.')
    .requiredOption('--remark <text>', 'what is not right')
    .addHelpText('after', example('object --sheet 9f86d081 --remark "barrier 2 is open" --by zhao'))
    .action((options: AnswerOptions & ChangeOptions) => answer('object', options));
}

async function answer(verb: 'accept' | 'object', options: AnswerOptions): Promise<void> {
  const { answerHandover } = await import('./shift/steps.ts');
  await answerHandover(verb, options);
}

function whole(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number from 1.');
}

function fingerprint(text: string): string {
  if (/^[0-9a-f]{8,64}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('At least 8 characters of the SHA-256, such as 9f86d081.');
}
