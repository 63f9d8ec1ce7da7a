/** The three that are killed: the gateway as it is started on site, mosquitto, and the reference consumer of the feed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { gatehouseCommand } from '../../../gateway/testing/gatehouse-command.ts';
import { listens } from '../../../gateway/testing/programs.ts';
import { SITE_ID, type FaultSite } from '../site.ts';
import type { Recipe } from './killable.ts';

function gatehouse(name: string, folder: string, args: readonly string[], isReady: Recipe['isReady']): Recipe {
  const all = ['NO_COLOR=1', ...gatehouseCommand(join(folder, '..', 'compile-cache'), args)];
  return { name, command: 'env', args: all, debianPackage: 'coreutils', isReady };
}

export function gatewayRecipe({ folder, siteFile }: FaultSite): Recipe {
  const args = ['run', siteFile, '--quiet', '--log', join(folder, 'gateway.log')];
  return gatehouse('gateway', folder, args, (output) => output.includes('is running'));
}

export function consumerRecipe({ folder, mqttUrl }: FaultSite): Recipe {
  const noSite = join(folder, 'none.yaml');
  const args = ['alarms', '--follow', '--json', '--mqtt', mqttUrl, '--id', SITE_ID, '--site', noSite];
  return gatehouse('consumer', folder, args, (output) => output.includes('"kind":"connection"'));
}

/** It saves what it keeps each second, and at a kill loses what it has not saved. */
export function mosquittoRecipe({ folder, brokerPort }: FaultSite): Recipe {
  const home = join(folder, 'mosquitto');
  mkdirSync(home);
  const file = join(home, 'mosquitto.conf');
  const lines = [
    `listener ${brokerPort} 127.0.0.1`,
    'allow_anonymous true',
    'persistence true',
    `persistence_location ${home}/`,
    'autosave_interval 1',
    'max_queued_messages 0',
    // Started by root it would change to a user of its own, who may not write here.
    `user ${userInfo().username}`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const isReady = (): boolean => listens(brokerPort);
  return { name: 'broker', command: 'mosquitto', args: ['-c', file], debianPackage: 'mosquitto', isReady };
}
