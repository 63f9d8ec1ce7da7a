/** Everything of a fault run that lives: what is killed and started again, and the modules and people who are not. */
import { createRandom, seedFor, type Random } from '../../simulators/random.ts';
import type { Own } from '../benchmarks/processes/scope.ts';
import { Guard } from './guard.ts';
import { startModules, type Modules } from './modules.ts';
import type { Victim } from './moments.ts';
import type { BrokerKind } from './options.ts';
import { People } from './people.ts';
import { Killable } from './processes/killable.ts';
import { consumerRecipe, gatewayRecipe, mosquittoRecipe } from './processes/recipes.ts';
import { createFaultSite, type FaultSite } from './site.ts';

export interface House {
  readonly site: FaultSite;
  readonly modules: Modules;
  readonly people: People;
  readonly guard: Guard;
  /** Where the broker is the gateway's own, it is not among them. */
  readonly victims: ReadonlyMap<Victim, Killable>;
  /** Of whom is killed, and when. */
  readonly random: Random;
}

export interface HouseOptions {
  readonly folder: string;
  readonly broker: BrokerKind;
  readonly edgesPerSecond: number;
  readonly seed: number;
}

/** Starts all but people and guard. */
export async function openHouse(own: Own, { folder, broker, edgesPerSecond, seed }: HouseOptions): Promise<House> {
  const chance = (of: string): Random => createRandom(seedFor(seed, `${broker} ${of}`));
  const modules = own(await startModules());
  const site = await createFaultSite(folder, broker, modules);
  const victims = new Map<Victim, Killable>();
  if (broker === 'external') victims.set('broker', own(new Killable(mosquittoRecipe(site))));
  victims.set('gateway', own(new Killable(gatewayRecipe(site))));
  victims.set('consumer', own(new Killable(consumerRecipe(site))));
  const people = new People(modules, edgesPerSecond, chance('people'));
  const guard = new Guard(site.apiUrl, chance('guard'));
  own(people);
  own(guard);
  const house: House = { site, modules, people, guard, victims, random: chance('kills') };
  await startAll(house);
  return house;
}

/** Starts who is dead; resolves when everybody does what they are for. Rejects when one has ended by itself. */
export async function startAll({ victims }: Pick<House, 'victims'>): Promise<void> {
  const all = [...victims.values()];
  for (const victim of all) victim.start();
  await Promise.all(all.map((victim) => victim.ready()));
}

/** Throws RangeError for who is not there. */
export function victimOf({ victims }: Pick<House, 'victims'>, name: Victim): Killable {
  const victim = victims.get(name);
  if (!victim) throw new RangeError(`there is no ${name} to kill`);
  return victim;
}

export function killsOf({ victims }: Pick<House, 'victims'>): number {
  return [...victims.values()].reduce((sum, { kills }) => sum + kills, 0);
}
