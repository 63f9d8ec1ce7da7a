/** How long the disk takes to say that it has something. */
import { join } from 'node:path';
import { startPeer } from '../processes/peer.ts';
import { scoped } from '../processes/scope.ts';
import { scratchFolder } from '../processes/scratch.ts';
import type { DiskProbeProgram } from '../programs/disk-probe.ts';

/** Milliseconds of single writes of 4 KB with fdatasync, fifty a second. */
export function probeDisk(): Promise<number[]> {
  return scoped(async (own) => {
    const file = join(scratchFolder('disk'), 'probe');
    return [...(await own(await startPeer<DiskProbeProgram>('disk-probe', { file }, 'undisturbed')).ask(null))];
  });
}
