import { defineConfig } from 'vitest/config';

/**
 * Programs that are started and say something, the API, the store: nothing in them goes by the clock. A scan does: it takes
 * whoever is late for absent.
 */
const UNTIMED = [
  'gateway/end-to-end/**/*.wire.test.ts',
  'gateway/{api,config,metering,store}/**/*.wire.test.ts',
  'gateway/cli/**/!(scan*).wire.test.ts',
  'scripts/**/*.wire.test.ts',
];

/** For a machine that has other work too: who passes does not wait for it. */
const patience = { testTimeout: 90_000, hookTimeout: 90_000 };

/**
 * `unit`: pure code and vectors. `wire` and `wire-pairs` (`--project 'wire*'`): real lines, sockets, brokers, database files,
 * foreign programs.
 */
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
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'wire-pairs',
          include: UNTIMED,
          ...patience,
          // They mostly wait for a process to start, which takes one core.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'wire',
          include: ['{gateway,drivers,simulators,scripts}/**/*.wire.test.ts'],
          exclude: UNTIMED,
          ...patience,
          // Real lines share two cores; one file at a time keeps their timing honest.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
