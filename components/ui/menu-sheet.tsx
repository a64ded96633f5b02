"use client";
import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Fragment, type RefObject } from "react";
import type { MenuCheck, MenuChoices, MenuEntry } from "@/components/ui/menu-button";
import { cn } from "@/lib/cn";

type Props = {
  label: string;
  entries: readonly MenuEntry[] | undefined;
  choices: MenuChoices | undefined;
  checks: readonly MenuCheck[] | undefined;
  align: "start" | "end";
  onOpenChange: (open: boolean) => void;
  button: RefObject<HTMLButtonElement | null>;
};

const itemLook =
  "flex h-7 items-center gap-2 rounded-md px-2 outline-none data-highlighted:bg-press [&_svg]:size-3.5 [&_svg]:shrink-0";

/** The open menu of a `MenuButton`, over which it lays its anchor. Loaded when the first menu opens. */
export function MenuSheet({ label, entries, choices, checks, align, onOpenChange, button }: Props) {
  return (
    // Not modal: the page behind it stays in the accessibility tree.
    <DropdownMenu.Root open modal={false} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>
        <span tabIndex={-1} aria-hidden="true" className="pointer-events-none absolute inset-0" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        {/* Drawn outside of the page's landmarks, so it brings its own. */}
        <div role="region" aria-label="Menu">
          <DropdownMenu.Content
            aria-labelledby={undefined}
            aria-label={label}
            align={align}
            sideOffset={4}
            collisionPadding={8}
            loop
            onInteractOutside={(event) => {
              // The button closes the menu by itself.
              if (event.target instanceof Node && button.current?.contains(event.target)) event.preventDefault();
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              // Unless what was chosen has taken the focus.
              if (document.activeElement === null || document.activeElement === document.body) button.current?.focus();
            }}
            className={cn(
              "z-50 max-h-(--radix-dropdown-menu-content-available-height) animate-pop scroll-thin overflow-auto rounded-lg bg-raised p-1 text-sm shadow-pop",
              choices ? "min-w-32" : "min-w-48",
            )}
          >
            {choices && <Choices choices={choices} />}
            {checks?.map((check) => (
              <DropdownMenu.CheckboxItem
                key={check.label}
                checked={check.isOn}
                onCheckedChange={check.onToggle}
                onSelect={(event) => event.preventDefault()}
                className={cn(itemLook, "relative pl-7 text-ink")}
              >
                <DropdownMenu.ItemIndicator className="absolute left-2">
                  <Check />
                </DropdownMenu.ItemIndicator>
                {check.label}
              </DropdownMenu.CheckboxItem>
            ))}
            {entries?.map((entry) => (
              <Fragment key={entry.label}>
                {entry.isApart && <DropdownMenu.Separator className="my-1 h-px bg-line" />}
                <DropdownMenu.Item
                  onSelect={() => {
                    // A dialog that opens gives the focus back to what has it now.
                    button.current?.focus();
                    entry.onSelect();
                  }}
                  disabled={entry.disabledReason !== undefined}
                  className={cn(
                    itemLook,
                    entry.disabledReason === undefined && entry.isDanger
                      ? "text-bad"
                      : "text-ink [&_svg]:text-ink-faint",
                    entry.disabledReason !== undefined && "h-auto items-start py-1 text-ink-muted",
                  )}
                >
                  {entry.icon}
                  <span className="flex-1">
                    {entry.label}
                    {entry.disabledReason && <span className="block text-xs">{entry.disabledReason}</span>}
                  </span>
                </DropdownMenu.Item>
              </Fragment>
            ))}
          </DropdownMenu.Content>
        </div>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Choices({ choices }: { choices: MenuChoices }) {
  return (
    <DropdownMenu.RadioGroup value={choices.value} onValueChange={choices.onChoose}>
      {choices.options.map((option) => (
        <DropdownMenu.RadioItem
          key={option.value}
          value={option.value}
          className={cn(itemLook, "relative pl-7 text-ink tabular-nums")}
        >
          <DropdownMenu.ItemIndicator className="absolute left-2">
            <Check />
          </DropdownMenu.ItemIndicator>
          {option.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
