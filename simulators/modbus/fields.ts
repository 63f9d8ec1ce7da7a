/** Names for words of an image, so that whatever drives a device can speak in engineering units. */
import type { Image, Table } from './image.ts';

export interface Field {
  readonly table: Table;
  readonly address: number;
  readonly words: (raw: number) => readonly number[];
  /** raw = value × perUnit. Default 1. */
  readonly perUnit?: number;
}

/** Returns a function that writes named values into `image`; names that the device does not have are passed over. */
export function fieldSetter<K extends string>(
  image: Image,
  fields: Readonly<Partial<Record<K, Field>>>,
): (values: Readonly<Partial<Record<K, number>>>) => void {
  return (values) => {
    for (const key in values) {
      const field = fields[key];
      const value = values[key];
      if (field === undefined || value === undefined) continue;
      image.put(field.table, field.address, field.words(value * (field.perUnit ?? 1)));
    }
  };
}
