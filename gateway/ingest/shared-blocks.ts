/** Devices of one model are planned alike, thousands of them: what is equal of their plans is kept once. */
import type { Block, Profile } from '../../drivers/contract.ts';

/** By profile, and by the block's id: those that differ are few, as a model's versions and what they lack. */
const kept = new WeakMap<Profile, Map<string, Block[]>>();

/** The plan by the ids of its blocks, in its order. Each is one that is known already where that is the same in everything. */
export function sharedBlocks(profile: Profile, plan: readonly Block[]): Map<string, Block> {
  const known = kept.get(profile) ?? new Map<string, Block[]>();
  kept.set(profile, known);
  return new Map(plan.map((block) => [block.id, sharedBlock(known, block)]));
}

function sharedBlock(known: Map<string, Block[]>, block: Block): Block {
  const alike = known.get(block.id) ?? [];
  const same = alike.find((each) => isSame(each, block));
  if (same) return same;
  alike.push(block);
  known.set(block.id, alike);
  return block;
}

/** Points are the profile's own: they are the same ones, or others. */
function isSame(a: Block, b: Block): boolean {
  return (
    a.poll === b.poll &&
    a.requestLength === b.requestLength &&
    a.replyLength === b.replyLength &&
    a.exchanges === b.exchanges &&
    a.longestReply === b.longestReply &&
    a.points.length === b.points.length &&
    a.points.every((point, i) => point === b.points[i])
  );
}
