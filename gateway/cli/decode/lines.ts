/** The lines of a stream, as many at a time as have come. */

/** Lines end with \n or \r\n; the last one need not. */
export async function* linesOf(stream: AsyncIterable<string | Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const [first = '', ...more] = text.split('\n');
    rest += first;
    const last = more.pop();
    if (last === undefined) continue;
    yield [rest, ...more].map(withoutReturn);
    rest = last;
  }
  if (rest !== '') yield [withoutReturn(rest)];
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
