/** Scenarios: which there are, and playing one. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { SCENARIOS } from '../scenarios/index.ts';
import { durationMs } from '../scenarios/scenario.ts';
import { NotFound } from './lookup.ts';
import type { Controlled } from './controlled.ts';

const options = z.strictObject({ speed: z.number().min(0.1).max(1_000).default(1) });

export function scenarioRoutes(server: FastifyInstance, { player }: Controlled): void {
  server.get('/scenarios', () => ({
    scenarios: SCENARIOS.map((scenario) => ({
      name: scenario.name,
      about: scenario.about,
      durationMs: durationMs(scenario),
      playing: player.playing.includes(scenario.name),
    })),
  }));

  server.post<{ Params: { name: string } }>('/scenarios/:name', ({ params, body }, reply) => {
    const scenario = SCENARIOS.find(({ name }) => name === params.name);
    if (scenario === undefined) {
      throw new NotFound(`there is no scenario "${params.name}": ${SCENARIOS.map(({ name }) => name).join('; ')}`);
    }
    const { speed } = options.parse(body ?? {});
    player.start(scenario, speed);
    void reply.status(202);
    return { name: scenario.name, durationMs: durationMs(scenario) / speed };
  });
}
