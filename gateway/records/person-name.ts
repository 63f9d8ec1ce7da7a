/** People of the journal as they are read: by name, and by the id that the journal has. Pure. */
import type { NamedPerson } from './incident-report.ts';

/** `people`: those whose names are known. An id that is none of theirs stands for itself; null is ''. */
export function personNamer(people: readonly NamedPerson[]): (id: string | null) => string {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (id) => {
    const name = id === null ? undefined : names.get(id);
    return name === undefined ? (id ?? '') : `${name} (${id})`;
  };
}
