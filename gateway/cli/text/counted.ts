/** `1 device`, `2 devices`. `many`: where the plural is not the word and an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
