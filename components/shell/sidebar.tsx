"use client";
import { useQuery } from "@tanstack/react-query";
import { Clock, Keyboard, Moon, Search, Sun } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTheme } from "next-themes";
import { ConnectionState } from "@/components/shell/connection-state";
import { markOf, type NavFacts, type NavItem, navSections } from "@/components/shell/nav";
import { useKeyLabels } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Logo } from "@/components/ui/logo";
import { StatusMark } from "@/components/ui/status";
import { Tooltip } from "@/components/ui/tooltip";
import { useZone } from "@/components/ui/use-zone";
import { cn } from "@/lib/cn";
import type { ClusterEntry, ClusterSummary } from "@/lib/contracts/clusters";
import { formatInteger, formatNumberOf } from "@/lib/format";
import { clusterFacts } from "@/lib/queries/clusters";
import { overview } from "@/lib/queries/overview";

type Props = { cluster: ClusterEntry; onSearch: () => void; onShortcuts: () => void; onNavigate?: () => void };

/** The way to every place, and below it the state of the connection. */
export function Sidebar({ cluster, onSearch, onShortcuts, onNavigate }: Props) {
  const facts = useQuery(clusterFacts(cluster.slug)).data;
  const glance = useQuery(overview(cluster.slug)).data;
  const keyLabels = useKeyLabels();
  return (
    <div className="flex h-full w-57 shrink-0 flex-col">
      <div className="px-2 pt-2">
        <ClusterName cluster={cluster} facts={facts} />
        <button
          type="button"
          onClick={onSearch}
          className="mt-1.5 flex h-7 w-full items-center gap-2 rounded-md bg-search px-2 text-ink-faint shadow-search hover:text-ink-muted"
        >
          <Search className="size-3.5" />
          <span className="flex-1 text-left">Search or run…</span>
          <Kbd>{keyLabels("mod+k").join(" ")}</Kbd>
        </button>
      </div>
      <nav aria-label="Main" className="min-h-0 flex-1 scroll-thin overflow-auto px-2 pt-3">
        {navSections().map(({ heading, items }) => (
          <div key={items[0]?.label} className="not-first:mt-4">
            {heading && <h2 className="px-2 pb-1 text-2xs font-medium text-ink-faint">{heading}</h2>}
            <ul className="space-y-px" {...(heading ? { "aria-label": heading } : {})}>
              {items.map((place) => (
                <Place
                  key={place.label}
                  place={place}
                  cluster={cluster.slug}
                  facts={{ cluster: facts, overview: glance }}
                  {...(onNavigate ? { onNavigate } : {})}
                />
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="flex items-center gap-0.5 pr-2 pb-2.5 pl-4 text-xs text-ink-muted">
        <ConnectionState />
        <Tooltip label="Keyboard shortcuts" keys={["?"]} side="top">
          <Button variant="ghost" size="icon-sm" aria-label="Keyboard shortcuts" onClick={onShortcuts}>
            <Keyboard />
          </Button>
        </Tooltip>
        <ZoneButton />
        <ThemeButton />
      </div>
    </div>
  );
}

function ClusterName({ cluster, facts }: { cluster: ClusterEntry; facts: ClusterSummary | undefined }) {
  const brokers = facts ? formatNumberOf(facts.brokers.length, "broker") : cluster.bootstrap.join(", ");
  return (
    <div className="flex h-11 items-center gap-2.5 px-2">
      <Logo className="size-6 shrink-0" />
      <div className="min-w-0 flex-1 leading-4">
        <p className="flex items-center gap-1.5 text-sm font-semibold tracking-tight">
          <span className="truncate">{cluster.name}</span>
          {cluster.bundled && <Tag>Bundled</Tag>}
          {cluster.environment && <Tag isProduction={cluster.environment === "production"}>{cluster.environment}</Tag>}
        </p>
        <p className="truncate text-2xs text-ink-faint">{facts?.version ? `${brokers} · ${facts.version}` : brokers}</p>
      </div>
    </div>
  );
}

function Tag({ isProduction = false, children }: { isProduction?: boolean; children: string }) {
  return (
    <span
      className={cn(
        "rounded-sm px-1 text-2xs font-semibold tracking-normal",
        isProduction ? "bg-bad-soft text-bad" : "bg-press text-ink-muted",
      )}
    >
      {children}
    </span>
  );
}

type PlaceProps = { place: NavItem; cluster: string; facts: NavFacts; onNavigate?: () => void };

function Place({ place, cluster, facts, onNavigate }: PlaceProps) {
  const href = place.href(cluster);
  const pathname = usePathname();
  const isCurrent = pathname === href || pathname.startsWith(`${href}/`);
  const count = place.count?.(facts);
  const mark = markOf(place, facts.overview);
  return (
    <li>
      <Link
        href={href}
        aria-current={pathname === href ? "page" : undefined}
        {...(onNavigate ? { onClick: onNavigate } : {})}
        className={cn(
          "group flex h-7 items-center gap-2.5 rounded-md px-2 text-sm",
          isCurrent ? "bg-press font-medium text-ink" : "text-ink-muted hover:bg-hover hover:text-ink",
        )}
      >
        <place.icon
          className={cn("size-4", isCurrent ? "text-ink" : "text-ink-faint group-hover:text-ink-muted")}
          strokeWidth={1.75}
        />
        <span className="flex-1 truncate">{place.label}</span>
        {mark && (
          <>
            <StatusMark kind={mark} className="size-2.5" />
            <span className="sr-only">needs attention</span>
          </>
        )}
        {!mark && typeof count === "number" && (
          <span className={cn("text-2xs font-normal tabular-nums", isCurrent ? "text-ink-muted" : "text-ink-faint")}>
            {formatInteger(count)}
          </span>
        )}
      </Link>
    </li>
  );
}

function ThemeButton() {
  const { resolvedTheme, setTheme } = useTheme();
  return (
    <Tooltip label="Switch theme" side="top">
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label="Switch theme"
        onClick={() => setTheme(resolvedTheme === "dark" ? "light" : "dark")}
      >
        <Sun className="only-light" />
        <Moon className="only-dark" />
      </Button>
    </Tooltip>
  );
}

function ZoneButton() {
  const [zone, setZone] = useZone();
  const other = zone === "utc" ? "local" : "utc";
  return (
    <Tooltip label={zone === "utc" ? "Times are in UTC. Show local time" : "Times are local. Show UTC"} side="top">
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={other === "local" ? "Show times in local time" : "Show times in UTC"}
        aria-pressed={zone === "local"}
        onClick={() => setZone(other)}
      >
        <Clock />
      </Button>
    </Tooltip>
  );
}
