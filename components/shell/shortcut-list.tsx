"use client";
import { useKeyLabels, useShortcutList } from "@/components/shell/shortcuts";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

/** Every key that works on this page. */
export function ShortcutList({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Keyboard shortcuts" description="They rest while you type.">
        <Groups />
      </DialogContent>
    </Dialog>
  );
}

function Groups() {
  const list = useShortcutList();
  const keyLabels = useKeyLabels();
  const groups = new Map<string, Map<string, string>>();
  for (const { shortcut } of list()) {
    const group = groups.get(shortcut.group) ?? new Map<string, string>();
    groups.set(shortcut.group, group.set(shortcut.keys, shortcut.label));
  }
  return (
    <div
      role="region"
      aria-label="Shortcuts"
      // A region that scrolls must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="min-h-0 columns-2 gap-6 overflow-auto px-5 pb-5 -outline-offset-2"
    >
      {[...groups].map(([name, shortcuts]) => (
        <section key={name} className="mb-4 break-inside-avoid">
          <h3 className="mb-1 text-2xs font-medium text-ink-faint">{name}</h3>
          <dl>
            {[...shortcuts].map(([keys, label]) => (
              <div key={keys} className="flex h-7 items-center gap-1">
                <dt className="min-w-0 flex-1 truncate">{label}</dt>
                <dd className="flex gap-1">
                  {keyLabels(keys).map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
