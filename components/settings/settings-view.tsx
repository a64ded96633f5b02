"use client";
import { useQuery } from "@tanstack/react-query";
import { useTheme } from "next-themes";
import { type ReactNode, useId } from "react";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { useCluster, useConnection } from "@/components/live/live-provider";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { CopyButton } from "@/components/ui/copy-button";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { Segments } from "@/components/ui/segments";
import { useDensity } from "@/components/ui/use-density";
import { useHydrated } from "@/components/ui/use-hydrated";
import { useNow } from "@/components/ui/use-now";
import { useZone } from "@/components/ui/use-zone";
import type { ClusterSummary } from "@/lib/contracts/clusters";
import { formatLatency } from "@/lib/format";
import { formatInstant } from "@/lib/instant";
import { clusterFacts } from "@/lib/queries/clusters";

const themes = [
  { value: "system", label: "As this computer" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

const zones = [
  { value: "utc", label: "UTC" },
  { value: "local", label: "Local time" },
] as const;

const densities = [
  { value: "comfortable", label: "Comfortable" },
  { value: "compact", label: "Compact" },
] as const;

/** What a person chooses for this browser, and what the console is connected to. */
export function SettingsView() {
  const cluster = useCluster();
  const query = useQuery(clusterFacts(cluster));
  return (
    <>
      <StaleBanner query={query} />
      <ScrollRegion label="Settings">
        <Browser />
        <Connected facts={query.data} />
      </ScrollRegion>
    </>
  );
}

function Browser() {
  const { theme, setTheme } = useTheme();
  const [zone, setZone] = useZone();
  const [density, setDensity] = useDensity();
  const isHydrated = useHydrated();
  const now = useNow();
  // The server does not know the theme that was chosen here.
  const chosen = isHydrated ? (themes.find(({ value }) => value === theme)?.value ?? "system") : "system";
  return (
    <Part heading="This browser" note="Kept in this browser only; others see the console as they chose.">
      <Choice label="Theme">
        <Segments label="Theme" options={themes} value={chosen} onChoose={setTheme} />
      </Choice>
      <Choice label="Times" note={now > 0 ? `Now it is ${formatInstant(now, zone).slice(0, 19)}.` : ""}>
        <Segments label="Times" options={zones} value={zone} onChoose={setZone} />
      </Choice>
      <Choice label="Density" note="How close the rows of lists stand.">
        <Segments label="Density" options={densities} value={density} onChoose={setDensity} />
      </Choice>
    </Part>
  );
}

function Connected({ facts }: { facts: ClusterSummary | undefined }) {
  const bootstrap = useBootstrap();
  const connection = useConnection();
  const servers = bootstrap.join(",");
  const states = {
    connecting: "connecting",
    connected:
      connection.latencyMs === null ? "connected" : `connected, answers in ${formatLatency(connection.latencyMs)}`,
    "cluster-lost": "the cluster does not answer",
    "console-lost": "the console does not answer",
  };
  return (
    <Part heading="Connected to" note="Given to the console when it was started.">
      <Choice label="Cluster">
        {facts?.name ?? "unknown"}
        {facts?.bundled && <span className="ml-1.5 text-ink-faint">run by this console</span>}
      </Choice>
      <Choice label="State">{states[connection.state]}</Choice>
      <Choice label="Bootstrap servers">
        <Mono text={servers} label="Copy the bootstrap servers" />
      </Choice>
      {facts?.clusterId && (
        <Choice label="Cluster id">
          <Mono text={facts.clusterId} label="Copy the cluster id" />
        </Choice>
      )}
      {facts?.version && <Choice label="Version">{facts.version}</Choice>}
      {facts && (
        <Choice label="Brokers">
          <ul className="font-mono text-mono">
            {facts.brokers.map(({ id, host, port, rack }) => (
              <li key={id}>
                {id} <span className="text-ink-muted">{`${host}:${port}`}</span>
                {rack !== null && <span className="text-ink-faint"> rack {rack}</span>}
                {id === facts.controllerId && <span className="font-sans text-ink-faint"> controller</span>}
              </li>
            ))}
          </ul>
        </Choice>
      )}
    </Part>
  );
}

function Mono({ text, label }: { text: string; label: string }) {
  return (
    <span className="flex items-center gap-1">
      <span className="min-w-0 font-mono text-mono wrap-anywhere">{text}</span>
      <CopyButton text={text} label={label} />
    </span>
  );
}

function Part({ heading, note, children }: { heading: string; note: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-b px-6 pt-3.5 pb-4">
      <h2 id={id} className="font-medium">
        {heading}
      </h2>
      <p className="text-xs text-ink-faint">{note}</p>
      <dl className="mt-2.5">{children}</dl>
    </section>
  );
}

function Choice({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 py-1">
      <dt className="w-36 shrink-0 text-ink-muted">{label}</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        {children}
        {note && <span className="text-xs text-ink-faint tabular-nums">{note}</span>}
      </dd>
    </div>
  );
}
