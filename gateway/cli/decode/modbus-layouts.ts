/** What follows the function code in each PDU: MODBUS Application Protocol V1.1b3, 6.1 to 6.18. */

export interface Segment {
  readonly name: string;
  /** Bytes. */
  readonly size: number | 'rest';
}

interface Layout {
  readonly request: readonly Segment[];
  readonly reply: readonly Segment[];
}

const address: Segment = { name: 'address', size: 2 };
const count: Segment = { name: 'count', size: 2 };
const byteCount: Segment = { name: 'byte count', size: 1 };
const bits: Segment = { name: 'bits', size: 'rest' };
const registers: Segment = { name: 'registers', size: 'rest' };
const data: Segment = { name: 'data', size: 'rest' };

const READ_BITS: Layout = { request: [address, count], reply: [byteCount, bits] };
const READ_REGISTERS: Layout = { request: [address, count], reply: [byteCount, registers] };

/** The reply repeats the request. */
function repeated(...segments: readonly Segment[]): Layout {
  return { request: segments, reply: segments };
}

const LAYOUTS: ReadonlyMap<number, Layout> = new Map([
  [1, READ_BITS],
  [2, READ_BITS],
  [3, READ_REGISTERS],
  [4, READ_REGISTERS],
  [5, repeated(address, { name: 'coil', size: 2 })],
  [6, repeated(address, { name: 'value', size: 2 })],
  [8, repeated({ name: 'sub-function', size: 2 }, data)],
  [15, { request: [address, count, byteCount, bits], reply: [address, count] }],
  [16, { request: [address, count, byteCount, registers], reply: [address, count] }],
  [22, repeated(address, { name: 'and-mask', size: 2 }, { name: 'or-mask', size: 2 })],
  [
    23,
    {
      request: [
        { name: 'read address', size: 2 },
        { name: 'read count', size: 2 },
        { name: 'write address', size: 2 },
        { name: 'write count', size: 2 },
        byteCount,
        registers,
      ],
      reply: [byteCount, registers],
    },
  ],
  [24, { request: [address], reply: [{ name: 'byte count', size: 2 }, count, registers] }],
]);

const UNNAMED: readonly Segment[] = [data];

/** Functions without a layout of their own have their data in one piece. */
export function layoutOf(fc: number, direction: 'request' | 'reply'): readonly Segment[] {
  return LAYOUTS.get(fc)?.[direction] ?? UNNAMED;
}
