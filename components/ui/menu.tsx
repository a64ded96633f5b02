"use client";
import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Kbd } from "@/components/ui/kbd";
import { cn } from "@/lib/cn";

/** A menu and its trigger. Not modal: the page behind it stays in the accessibility tree. */
export function Menu(props: ComponentProps<typeof DropdownMenu.Root>) {
  return <DropdownMenu.Root modal={false} {...props} />;
}

export const MenuTrigger = DropdownMenu.Trigger;
export const MenuChoices = DropdownMenu.RadioGroup;

/** The sheet of a menu. */
export function MenuContent({ className, ...rest }: ComponentProps<typeof DropdownMenu.Content>) {
  return (
    <DropdownMenu.Portal>
      {/* Drawn outside of the page's landmarks, so it brings its own. */}
      <div role="region" aria-label="Menu">
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-pop scroll-thin overflow-auto rounded-lg bg-raised p-1 text-sm shadow-pop",
            className,
          )}
          {...rest}
        />
      </div>
    </DropdownMenu.Portal>
  );
}

const itemLook =
  "flex h-7 items-center gap-2 rounded-md px-2 outline-none data-disabled:text-ink-faint data-highlighted:bg-press [&_svg]:size-3.5";

type ItemProps = ComponentProps<typeof DropdownMenu.Item> & { icon?: ReactNode; keys?: string; danger?: boolean };

/** One action. */
export function MenuItem({ icon, keys, danger = false, children, ...rest }: ItemProps) {
  return (
    <DropdownMenu.Item className={cn(itemLook, danger ? "text-bad" : "text-ink [&_svg]:text-ink-faint")} {...rest}>
      {icon}
      <span className="flex-1">{children}</span>
      {keys && <Kbd>{keys}</Kbd>}
    </DropdownMenu.Item>
  );
}

/** One choice of several. */
export function MenuChoice({ children, ...rest }: ComponentProps<typeof DropdownMenu.RadioItem>) {
  return (
    <DropdownMenu.RadioItem className={cn(itemLook, "pl-7 text-ink tabular-nums")} {...rest}>
      <DropdownMenu.ItemIndicator className="absolute left-3">
        <Check />
      </DropdownMenu.ItemIndicator>
      {children}
    </DropdownMenu.RadioItem>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
