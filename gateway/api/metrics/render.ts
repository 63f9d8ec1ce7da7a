/**
 * Metrics in Prometheus' text format, version 0.0.4. Of a site with thousands of devices that is tens of thousands of
 * lines, for which a client library's bookkeeping would hold the event loop for most of a second at each scrape.
 */
import type { Labels, Metric, Snapshot } from './metric.ts';

export function render(metrics: readonly Metric[], snapshot: Snapshot): string {
  return metrics.map((metric) => renderOne(metric, snapshot)).join('');
}

function renderOne({ name, help, kind, read }: Metric, snapshot: Snapshot): string {
  const samples = read(snapshot).map(([labels, value]) => `${name}${renderLabels(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${samples.join('')}`;
}

function renderLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escape(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
