/** The thread that renders what is handed over. */
import { parentPort, workerData } from 'node:worker_threads';
import { renderAll } from '../export/render.ts';
import type { FromRender, RenderTask } from './protocol.ts';
import { readStore } from './read-store.ts';

const port = parentPort;
if (!port) throw new Error('billing is done in a thread of the gateway');
const { file, asked } = workerData as RenderTask;
const say = (message: FromRender, moved: readonly ArrayBuffer[] = []): void => port.postMessage(message, moved);
const failed = readStore(file, (tables) =>
  renderAll(tables, asked, (rendered) => say({ kind: 'rendered', file: rendered }, [rendered.bytes.buffer])),
);
if (failed) say(failed);
