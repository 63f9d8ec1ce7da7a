/** What buses and devices tell Prometheus. */
import type { BusStatistics, DeviceStatistics } from '../../statistics.ts';
import { counter, entries, gauge, summary, type Metric, type Sample, type Snapshot } from './metric.ts';

const QUANTILES = { '0.5': 'p50', '0.95': 'p95', '0.99': 'p99' } as const;

const perBus =
  (read: (bus: BusStatistics) => number) =>
  ({ buses }: Snapshot): Sample[] =>
    buses.map((bus) => [{ bus: bus.bus }, read(bus)]);

const perDevice =
  (read: (device: DeviceStatistics) => number) =>
  ({ buses }: Snapshot): Sample[] =>
    buses.flatMap(({ bus, devices }) =>
      devices.map((device): Sample => [{ bus, device: device.device }, read(device)]),
    );

function latencies({ bus, latencyMs }: BusStatistics): Sample[] {
  if (latencyMs === null) return [];
  return Object.entries(QUANTILES).map(([quantile, key]) => [{ bus, quantile }, latencyMs[key] / 1000]);
}

export const BUS_METRICS: readonly Metric[] = [
  gauge(
    'gatehouse_bus_up',
    'Whether the bus is open',
    perBus(({ state }) => Number(state === 'open')),
  ),
  counter(
    'gatehouse_bus_exchanges_total',
    'Exchanges that reached the wire',
    perBus(({ exchanges }) => exchanges),
  ),
  counter('gatehouse_bus_errors_total', 'Exchanges that failed or were refused, by error code', ({ buses }) =>
    buses.flatMap(({ bus, errors }) => entries(errors, 'code', { bus })),
  ),
  summary('gatehouse_bus_latency_seconds', 'From request to reply, of the latest exchanges', ({ buses }) =>
    buses.flatMap(latencies),
  ),
  gauge(
    'gatehouse_bus_utilisation_ratio',
    'Share of the last minute in which the line was busy',
    perBus(({ utilisation }) => utilisation),
  ),
  gauge('gatehouse_bus_budget_ratio', 'Share of the line that its schedule takes', ({ budgets }) =>
    budgets.map(({ bus, utilisation }) => [{ bus }, utilisation]),
  ),
  gauge(
    'gatehouse_bus_queue_length',
    'Exchanges that wait for the line',
    perBus(({ queued }) => queued),
  ),
  counter(
    'gatehouse_bus_dropped_total',
    'Exchanges refused by a full queue',
    perBus(({ dropped }) => dropped),
  ),
  counter(
    'gatehouse_bus_discarded_bytes_total',
    'Bytes that were no part of an answer',
    perBus(({ discardedBytes }) => discardedBytes),
  ),
  counter(
    'gatehouse_bus_reconnects_total',
    'Times that the bus was opened again',
    perBus(({ reconnects }) => reconnects),
  ),
];

export const DEVICE_METRICS: readonly Metric[] = [
  gauge('gatehouse_device_state', '1 for the state that the device is in', ({ devices }) =>
    devices.map(({ device, state }) => [{ device, state }, 1]),
  ),
  gauge('gatehouse_device_last_answer_timestamp_seconds', 'When it last answered, since the start', ({ buses }) =>
    buses.flatMap(({ bus, devices }) =>
      devices.flatMap(({ device, lastAnswer }): Sample[] =>
        lastAnswer === null ? [] : [[{ bus, device }, lastAnswer / 1000]],
      ),
    ),
  ),
  counter(
    'gatehouse_device_exchanges_total',
    'Exchanges that reached the wire',
    perDevice(({ exchanges }) => exchanges),
  ),
  counter('gatehouse_device_errors_total', 'Exchanges that failed or were refused, by error code', ({ buses }) =>
    buses.flatMap(({ bus, devices }) =>
      devices.flatMap(({ device, errors }) => entries(errors, 'code', { bus, device })),
    ),
  ),
  counter(
    'gatehouse_device_surplus_replies_total',
    'Replies that answered no request',
    perDevice(({ surplusReplies }) => surplusReplies),
  ),
  gauge(
    'gatehouse_device_breaker_open',
    'Whether it is only probed',
    perDevice(({ breaker }) => Number(breaker === 'open')),
  ),
];
