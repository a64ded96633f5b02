"use client";
import { Dialog } from "radix-ui";
import { Sidebar } from "@/components/shell/sidebar";
import type { ClusterEntry } from "@/lib/contracts/clusters";

type Props = {
  cluster: ClusterEntry;
  onSearch: () => void;
  onShortcuts: () => void;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** The sidebar over the page, where the window is too narrow for both. */
export function SidebarDrawer({ cluster, onSearch, onShortcuts, open, onOpenChange }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Content aria-describedby={undefined} className="fixed inset-y-0 left-0 z-50 bg-frame shadow-pop">
          <Dialog.Title className="sr-only">Places</Dialog.Title>
          <Sidebar
            cluster={cluster}
            onSearch={onSearch}
            onShortcuts={onShortcuts}
            onNavigate={() => onOpenChange(false)}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
