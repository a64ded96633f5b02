"use client";
import { useRouter } from "next/navigation";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { ChangeProvider } from "@/components/changes/change-provider";
import type { MakeChange } from "@/components/changes/change-context";
import { LiveProvider } from "@/components/live/live-provider";
import { type NavItem, places } from "@/components/shell/nav";
import { ShellContext } from "@/components/shell/shell-context";
import { ShortcutProvider, useShortcut } from "@/components/shell/shortcuts";
import { Sidebar } from "@/components/shell/sidebar";
import { BootstrapContext, LoginContext } from "@/components/shell/use-bootstrap";
import { useFirstToast } from "@/components/ui/confirm-toast";
import type { ClusterEntry } from "@/lib/contracts/clusters";

// What opens over the page is loaded when it first opens.
const CommandPalette = dynamic(
  () => import("@/components/shell/command-palette").then((module) => module.CommandPalette),
  { ssr: false },
);
const ShortcutList = dynamic(() => import("@/components/shell/shortcut-list").then((module) => module.ShortcutList), {
  ssr: false,
});
const SidebarDrawer = dynamic(
  () => import("@/components/shell/sidebar-drawer").then((module) => module.SidebarDrawer),
  { ssr: false },
);
const Toaster = dynamic(() => import("@/components/shell/toaster").then((module) => module.ConsoleToaster), {
  ssr: false,
});

type Overlay = "palette" | "shortcuts" | "sidebar";

type Props = { cluster: ClusterEntry; makeChange: MakeChange; children: ReactNode };

/** The frame around every page: places at the left, the page as a sheet at the right. */
export function Shell({ cluster, makeChange, children }: Props) {
  return (
    <LiveProvider key={cluster.slug} cluster={cluster.slug}>
      <ShortcutProvider>
        <BootstrapContext value={cluster.bootstrap}>
          <LoginContext value={cluster.login}>
            <ChangeProvider makeChange={makeChange}>
              <Frame cluster={cluster}>{children}</Frame>
            </ChangeProvider>
          </LoginContext>
        </BootstrapContext>
      </ShortcutProvider>
    </LiveProvider>
  );
}

function Frame({ cluster, children }: { cluster: ClusterEntry; children: ReactNode }) {
  const [overlay, setOverlay] = useState<Overlay>();
  const firstToast = useFirstToast();
  const [opened, setOpened] = useState<ReadonlySet<Overlay>>(new Set());
  const show = (next: Overlay | undefined) => {
    setOverlay(next);
    if (next !== undefined) setOpened((before) => new Set(before).add(next));
  };
  const onOpenChange = (which: Overlay) => (open: boolean) => show(open ? which : undefined);

  useShortcut({ keys: "mod+k", label: "Search or run a command", group: "Everywhere" }, () =>
    show(overlay === "palette" ? undefined : "palette"),
  );
  useShortcut({ keys: "?", label: "Keyboard shortcuts", group: "Everywhere", command: true }, () => show("shortcuts"));

  const sidebar = { cluster, onSearch: () => show("palette"), onShortcuts: () => show("shortcuts") };
  return (
    <ShellContext value={{ openSidebar: () => show("sidebar") }}>
      <nav aria-label="Skip">
        {" "}
        <a
          href="#page"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1.5 focus:shadow-pop"
        >
          Skip to the page
        </a>
      </nav>
      {places.map((place) => (
        <PlaceShortcut key={place.label} place={place} cluster={cluster.slug} />
      ))}
      <div className="flex h-dvh overflow-hidden">
        <aside aria-label="Sidebar" className="hidden lg:block">
          <Sidebar {...sidebar} />
        </aside>
        <main
          id="page"
          className="@container relative m-2 flex min-w-0 flex-1 flex-col overflow-hidden rounded-xl bg-canvas shadow-panel lg:ml-0"
        >
          {children}
        </main>
      </div>
      {opened.has("palette") && (
        <CommandPalette cluster={cluster.slug} open={overlay === "palette"} onOpenChange={onOpenChange("palette")} />
      )}
      {opened.has("shortcuts") && (
        <ShortcutList open={overlay === "shortcuts"} onOpenChange={onOpenChange("shortcuts")} />
      )}
      {opened.has("sidebar") && (
        <SidebarDrawer {...sidebar} open={overlay === "sidebar"} onOpenChange={onOpenChange("sidebar")} />
      )}
      {firstToast !== undefined && <Toaster first={firstToast} />}
    </ShellContext>
  );
}

function PlaceShortcut({ place, cluster }: { place: NavItem; cluster: string }) {
  const router = useRouter();
  useShortcut({ keys: place.keys, label: place.label, group: "Go to" }, () => router.push(place.href(cluster)));
  return null;
}
