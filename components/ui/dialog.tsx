"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";

export const Dialog = Radix.Root;
export const DialogClose = Radix.Close;

/** What had the focus before the dialog that is open, or the first of those that follow each other. */
let opener: HTMLElement | undefined;

function rememberOpener() {
  const active = document.activeElement;
  if (active instanceof HTMLElement && active !== document.body) opener = active;
}

/** Radix gives the focus back to a trigger, and these dialogs have none. */
function giveFocusBack(event: Event) {
  event.preventDefault();
  if (document.querySelector("[role=dialog]") !== null) return;
  // Unless something else has taken it.
  if (document.activeElement === document.body) opener?.focus();
  opener = undefined;
}

type Props = {
  title: ReactNode;
  description?: ReactNode;
  className?: string;
  /** What gets the focus first, if not the first control. */
  focus?: RefObject<HTMLElement | null>;
  children: ReactNode;
};

/** A sheet over a veiled page: a heading, what it asks, and usually a `DialogFooter`. */
export function DialogContent({ title, description, className, focus, children }: Props) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
      <Radix.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        onCloseAutoFocus={giveFocusBack}
        onOpenAutoFocus={(event) => {
          rememberOpener();
          if (!focus?.current) return;
          event.preventDefault();
          focus.current.focus();
        }}
        className={cn(
          "fixed inset-x-4 top-1/8 z-50 mx-auto flex max-h-4/5 max-w-130 animate-pop flex-col overflow-hidden rounded-xl bg-raised shadow-pop",
          className,
        )}
      >
        <div className="flex shrink-0 items-start gap-4 px-5 pt-4 pb-3">
          <div className="min-w-0 flex-1">
            <Radix.Title className="text-base font-semibold tracking-tight wrap-anywhere">{title}</Radix.Title>
            {description && (
              <Radix.Description className="mt-0.5 text-sm text-ink-muted">{description}</Radix.Description>
            )}
          </div>
          <Radix.Close asChild>
            <Button variant="ghost" size="icon-sm" aria-label="Close" className="-mr-1.5">
              <X />
            </Button>
          </Radix.Close>
        </div>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** The last line of a dialog: commands at the left, then Cancel, then what it is for. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return <div className="flex shrink-0 items-center gap-2 border-t bg-sunken px-5 py-3">{children}</div>;
}
