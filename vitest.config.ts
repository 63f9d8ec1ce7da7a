import { defineConfig } from 'vitest/config';

/** `unit`: pure code and vectors. `wire`: real lines, sockets, brokers, database files, foreign programs. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{gateway,drivers,simulators,scripts,config}/**/*.test.ts'],
          exclude: ['**/*.wire.test.ts'],
          // Property tests compute for seconds, and a loaded machine is slow; nothing here waits for a clock.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'wire',
          include: ['{gateway,drivers,simulators,scripts}/**/*.wire.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          // Real lines share two cores; one file at a time keeps their timing honest.
          fileParallelism: false,
        },
      },
    ],
  },
});
