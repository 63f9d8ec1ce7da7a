/** The large community: the small one, and a meter on every floor of five towers, 30 to a line. */
import { sdm120 } from '../devices/eastron-sdm120.ts';
import { createRandom, integerBetween } from '../random.ts';
import { createLoad } from './consumption.ts';
import type { Community, LinePlan } from './plan.ts';
import type { Process } from './process.ts';
import { smallCommunity } from './small.ts';

const TOWERS = 5;
const RISERS = ['a', 'b'] as const;
const FLOORS = 30;
const FIRST_PORT = 15101;

export function largeCommunity(seed: number): Community {
  const small = smallCommunity(seed);
  const random = createRandom(seed + 1);
  const lines: LinePlan[] = [];
  const loads: Process[] = [];
  for (let tower = 1; tower <= TOWERS; tower++) {
    for (const riser of RISERS) {
      const meters = Array.from({ length: FLOORS }, (_, floor) =>
        sdm120({ id: `tower-${tower}-${riser}-${String(floor + 1).padStart(2, '0')}`, unit: floor + 1 }),
      );
      lines.push({
        id: `tower-${tower}-${riser}`,
        type: 'tcp-serial',
        port: FIRST_PORT + lines.length,
        devices: meters,
      });
      for (const meter of meters) {
        const meanW = integerBetween(random, 150, 900);
        const importKWh = integerBetween(random, 1_000, 20_000);
        loads.push(createLoad({ meter, meanW, importKWh, supply: small.plant.supply, random, backedUp: true }));
      }
    }
  }
  return { ...small, lines: [...small.lines, ...lines], processes: [...small.processes, ...loads] };
}
