import type { ConsoleContext } from "./context.ts";
import { exposition, type Family, gauge, merged } from "./prometheus/exposition.ts";
import { kafkaExporterMetrics } from "./prometheus/kafka-exporter-metrics.ts";
import { kminionMetrics } from "./prometheus/kminion-metrics.ts";

/**
 * Everything that the last sweeps found, in Prometheus's text format, in chunks. Asks no cluster: a scrape costs it nothing, and `odradek_up`
 * with the age of the sweep says whether the numbers are of now.
 */
export function readMetrics({ engine }: Pick<ConsoleContext, "engine">, nowMs: number): Generator<string> {
  return exposition(families(engine, nowMs));
}

function families(engine: ConsoleContext["engine"], nowMs: number): Family[] {
  const clusters = [...engine.samplers].map(([cluster, sampler]) => ({ cluster, sampler, snapshot: sampler.newest }));
  const read = clusters.flatMap(({ cluster, snapshot }) => (snapshot ? [{ cluster, snapshot }] : []));
  return [
    gauge(
      "odradek_up",
      "1 if the last sweep of the cluster went well.",
      clusters.map(({ cluster, sampler }) => [{ cluster }, sampler.isWell ? 1 : 0]),
    ),
    gauge(
      "odradek_sweep_age_seconds",
      "Seconds since the cluster was last read whole.",
      read.map(({ cluster, snapshot }) => [{ cluster }, (nowMs - snapshot.readAtMs) / 1_000]),
    ),
    gauge(
      "odradek_alerts_firing",
      "Alerts that fire now.",
      clusters.map(({ cluster }) => [{ cluster }, engine.alerts.kept.firing(cluster).length]),
    ),
    ...merged(read.map(({ cluster, snapshot }) => [...kafkaExporterMetrics(cluster, snapshot)])),
    ...merged(read.map(({ cluster, snapshot }) => [...kminionMetrics(cluster, snapshot)])),
  ];
}
