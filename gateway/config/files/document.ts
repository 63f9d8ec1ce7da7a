/** YAML and JSON text → a value, and where each part of it stands. */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type DocumentOptions,
  type ErrorCode,
  type ParseOptions,
  type SchemaOptions,
  type Tags,
  type YAMLError,
} from 'yaml';
import { jsonFault } from './json-fault.ts';
import { repeatedKey } from './repeated-key.ts';
import type { Position, Spot } from '../mistakes/mistake.ts';
import type { Path } from '../mistakes/path.ts';

export interface ParsedDocument {
  /** What could be made of the text; undefined where nothing could. */
  readonly value: unknown;
  /** Whether the structure is certain: a value beside a broken bracket may have slid into another place. */
  readonly sound: boolean;
  readonly spots: readonly Spot[];
  /** Where the key or list entry at `path` stands, or the nearest that there is above it. */
  readonly locate: (path: Path) => Position;
}

/** Bounds what an alias of aliases of aliases can grow to. */
const MOST_ALIASES = 1_000;

/** No number is written with an exponent here: in plain YAML the serial format 8E1 would be eighty. */
const withoutExponents = (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || tag.format !== 'EXP');

const OPTIONS: ParseOptions & DocumentOptions & SchemaOptions = {
  prettyErrors: false,
  logLevel: 'error',
  stringKeys: true,
  resolveKnownTags: false,
  customTags: withoutExponents,
};

function readDocument(text: string) {
  const lines = new LineCounter();
  return { document: parseDocument(text, { ...OPTIONS, lineCounter: lines }), lines };
}

export function parseYaml(text: string): ParsedDocument {
  const { document, lines } = readDocument(text);
  const problems = [...document.errors, ...document.warnings];
  const tooDeep = problems.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  const spots = (tooDeep ? [tooDeep] : problems).map((problem) => describe(problem, lines));
  const locate = (path: Path): Position => locateIn(document, lines, path);
  if (tooDeep) return { value: undefined, sound: false, spots, locate };
  const broken = brokenAliases(document, lines);
  if (broken.length > 0) return { value: undefined, sound: false, spots: [...spots, ...broken], locate };
  const sound = problems.every(({ code }) => code === 'DUPLICATE_KEY');
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown, sound, spots, locate };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const message = `the aliases (*…) of this file unfold into more than ${MOST_ALIASES} copies`;
    return {
      value: undefined,
      sound: false,
      spots: [...spots, { ...at(lines, 0), message, severity: 'error' }],
      locate,
    };
  }
}

/** JSON proper: what YAML would let pass (comments, trailing commas, single quotes) is a mistake. */
export function parseJson(text: string): ParsedDocument {
  // Every JSON text is YAML too: read as that, it gives up its positions. That takes more than a hundred times as long as JSON.parse,
  // and only whoever has a mistake to tell needs them.
  let read: ReturnType<typeof readDocument> | null = null;
  const located = () => (read ??= readDocument(text));
  const locate = (path: Path): Position => locateIn(located().document, located().lines, path);
  const fault = jsonFault(text);
  if (fault) {
    const message = `no valid JSON: here should be ${fault.expected}`;
    const spot = { ...positionIn(text, fault.offset), message, severity: 'error' as const };
    return { value: undefined, sound: false, spots: [spot], locate };
  }
  return {
    value: JSON.parse(text) as unknown,
    sound: true,
    spots: repeatedKey(text) === null ? [] : duplicates(),
    locate,
  };

  function duplicates(): Spot[] {
    const { document, lines } = located();
    return document.errors.filter(({ code }) => code === 'DUPLICATE_KEY').map((problem) => describe(problem, lines));
  }
}

const WORDS: Partial<Record<ErrorCode, readonly [message: string, hint?: string]>> = {
  DUPLICATE_KEY: ['this key stands twice in the same place', 'remove one of the two'],
  TAB_AS_INDENT: ['a tab indents this line', 'YAML is indented with spaces'],
  MULTIPLE_DOCS: ['a second document begins here', 'remove the line ---'],
  RESOURCE_EXHAUSTION: ['the structure is nested too deeply'],
  TAG_RESOLVE_FAILED: ['there are no tags (!…) in configuration files'],
  NON_STRING_KEY: ['a key must be a word', 'put it in quotes'],
  BLOCK_AS_IMPLICIT_KEY: ['two colons on one line', 'put a value that has a colon in it in quotes'],
  BAD_SCALAR_START: ['a value cannot begin with this character', 'put it in quotes'],
};

function describe({ code, message, pos }: YAMLError, lines: LineCounter): Spot {
  const [said, hint] = WORDS[code] ?? [`no valid YAML: ${message}`];
  return { ...at(lines, pos[0]), message: said, hint, severity: 'error' };
}

/** Aliases of what is not there or of what they stand in: the one has no value, the other never ends. */
function brokenAliases(document: Document, lines: LineCounter): Spot[] {
  const anchors = new Map<string, unknown>();
  const spots: Spot[] = [];
  visit(document, {
    Node: (_, node, ancestors) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
        return;
      }
      const target = anchors.get(node.source);
      const inItself = ancestors.some((ancestor) => ancestor === target);
      if (target !== undefined && !inItself) return;
      const message = inItself
        ? `*${node.source} stands inside &${node.source}`
        : `nothing above is marked &${node.source}`;
      spots.push({ ...at(lines, node.range?.[0] ?? 0), message, severity: 'error' });
    },
  });
  return spots;
}

function locateIn(document: Document, lines: LineCounter, path: Path): Position {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      offset = offsetOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      node = node.items[step];
      offset = offsetOf(node) ?? offset;
    } else {
      break;
    }
  }
  return at(lines, offset);
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function at(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
