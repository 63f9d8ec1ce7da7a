/** Which route a path that is none was meant to be. Pure. */
import { nearest } from '../../config/mistakes/suggest.ts';

/** A route that the path is but for one word, with what the path has in the place of its parameters. */
interface Near {
  readonly wrong: string;
  readonly meant: string;
  readonly path: string;
}

/** The shorter ones begin too many words. */
const SHORTEST_ABBREVIATION = 2;

/** The path of it, with what `path` has in the place of its parameters; undefined where none is near. */
export function nearestRoute(path: string, routes: readonly string[]): string | undefined {
  const said = path.split('/');
  const near = routes.map((route) => nearTo(route.split('/'), said)).filter((found) => found !== null);
  return (abbreviated(near) ?? mistyped(near))?.path;
}

function nearTo(route: readonly string[], said: readonly string[]): Near | null {
  if (route.length !== said.length) return null;
  const isOther = (word: string, index: number): boolean => !word.startsWith(':') && word !== said[index];
  const [at, ...others] = route.flatMap((word, index) => (isOther(word, index) ? index : []));
  if (at === undefined || others.length > 0) return null;
  const path = route.map((word, index) => (word.startsWith(':') ? (said[index] ?? '') : word)).join('/');
  return { wrong: said[at] ?? '', meant: route[at] ?? '', path };
}

/** `ack` is further from `acknowledge` than from `reset`, if letters are counted. */
function abbreviated(near: readonly Near[]): Near | undefined {
  const begun = near.filter(
    ({ wrong, meant }) => wrong.length >= SHORTEST_ABBREVIATION && meant.startsWith(wrong.toLowerCase()),
  );
  return begun.sort((a, b) => a.meant.length - b.meant.length)[0];
}

function mistyped(near: readonly Near[]): Near | undefined {
  return near.find(({ wrong, meant }) => {
    const rivals = near.filter((other) => other.wrong === wrong).map((other) => other.meant);
    return nearest(wrong, rivals) === meant;
  });
}
