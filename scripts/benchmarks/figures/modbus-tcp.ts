/** How fast the gateway reads Modbus TCP, against the library that it takes its codec from. */
import type { Benchmark, RunOptions } from '../benchmark.ts';
import { median } from '../measure/percentile.ts';
import { startLibmodbusServer } from '../processes/libmodbus.ts';
import { METER_PROFILE, meterProfile } from '../processes/meter-profile.ts';
import { startPeer, type Peer } from '../processes/peer.ts';
import { scoped } from '../processes/scope.ts';
import { createSite } from '../processes/site.ts';
import { REGISTERS, type LoopProgram, type LoopReport } from '../programs/transactions.ts';
import type { StoreLoopProgram } from '../programs/store-loop.ts';

const CORE = 0;
/** The first seconds are the compiler's. */
const WARM_UP_MS = 1_500;

interface Round {
  readonly bare: LoopReport;
  readonly bus: LoopReport;
  readonly store: StoreLoopProgram['answer'];
}

function measure({ quick, say }: RunOptions): Promise<Round[]> {
  return scoped(async (own) => {
    const { port } = own(await startLibmodbusServer(CORE));
    const { siteFile } = await createSite({
      buses: [{ id: 'tcp', type: 'modbus-tcp', host: '127.0.0.1', port }],
      devices: [{ id: 'm1', bus: 'tcp', unit: 1, profile: METER_PROFILE }],
      profiles: [meterProfile({ words: REGISTERS })],
    });
    const start = async <P extends LoopProgram>(name: string): Promise<Peer<P>> =>
      own(await startPeer<P>(name, { port, siteFile }, CORE));
    const bare = await start('bare-loop');
    const bus = await start('bus-loop');
    const store = await start<StoreLoopProgram>('store-loop');
    const round = async (forMs: number): Promise<Round> => ({
      bare: await bare.ask({ forMs }),
      bus: await bus.ask({ forMs }),
      store: await store.ask({ forMs }),
    });
    await round(WARM_UP_MS);
    const rounds: Round[] = [];
    for (let i = 0; i < (quick ? 5 : 30); i++) {
      const done = await round(quick ? 300 : 500);
      rounds.push(done);
      say(
        `round ${i + 1}: bare ${perSecond(done.bare)}, ours ${perSecond(done.bus)}, stored ${perSecond(done.store)} transactions/s`,
      );
    }
    return rounds;
  });
}

function perSecond({ transactions, wallMs }: LoopReport): number {
  return Math.round((transactions * 1000) / wallMs);
}

function cpuMicroseconds({ transactions, cpuMs }: LoopReport): number {
  return (cpuMs * 1000) / transactions;
}

async function run(options: RunOptions) {
  const rounds = await measure(options);
  const of = (figure: (round: Round) => number): number => median(rounds.map(figure));
  const bare = of(({ bare }) => perSecond(bare));
  const ratio = of(({ bare, bus }) => perSecond(bus) / perSecond(bare));
  const figures = [
    {
      what: 'reads of 100 registers, through driver and bus',
      unit: 'transactions/s',
      measured: of(({ bus }) => perSecond(bus)),
      reference: { what: 'bare modbus-serial loop', value: bare },
    },
    {
      what: 'ours by bare, median of the ratios of single rounds',
      unit: '×',
      measured: ratio,
      reference: { what: 'goal', value: 1 },
    },
    {
      what: 'CPU of such a read',
      unit: 'µs',
      measured: of(({ bus }) => cpuMicroseconds(bus)),
      reference: { what: 'bare modbus-serial loop', value: of(({ bare }) => cpuMicroseconds(bare)) },
    },
    {
      what: 'CPU of one value from the wire to its row',
      unit: 'µs',
      measured: of(({ store }) => (store.cpuMs * 1000) / store.stored),
    },
    { what: 'values stored', unit: 'values/s', measured: of(({ store }) => (store.stored * 1000) / store.wallMs) },
  ];
  return { figures, verdict: ratio >= 1 ? ('met' as const) : ('missed' as const) };
}

export const modbusTcp: Benchmark = {
  name: 'modbus-tcp',
  goal: 'Modbus TCP, one in flight, to a libmodbus server, both on one core: at least as many transactions per second as a bare `modbus-serial` loop in the same run; the whole path to a stored value in CPU µs per value.',
  method:
    'libmodbus’s bandwidth-server-many-up, with registers that all change at each request, and three programs, each a process of its own, all pinned to one core: `modbus-serial` connected and reading 100 registers in a loop, as its README shows; the same reads through driver, bus and transport; and the whole way in: poll, normalise, alarms, recorder, SQLite file on the disk. ' +
    'One request in flight, one program at a time, in turns; medians over 30 rounds of 0.5 s. Judged by the median of the rounds’ own ratios, since both sides of one round met the same neighbours; the ratio of the two medians stands beside it. CPU is user and system time of the client’s process.',
  run,
};
