"use client";
import { type FormEvent, type ReactNode, type RefObject, useRef } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";

type Props = {
  title: ReactNode;
  description?: string;
  /** What gets the focus first. */
  focus: RefObject<HTMLElement | null>;
  /** The word on its button, and while it is being done. */
  confirm: string;
  pending: string;
  isPending: boolean;
  /** Everything that is asked for is there and right. */
  isWhole: boolean;
  /** It cannot be sent yet, whatever is written. */
  isEarly?: boolean;
  onSubmit: () => void;
  /** It was sent though something is wrong: from now on each field says what. The first of them gets the focus. */
  onRefused: () => void;
  onClose: () => void;
  /** At the left of the buttons. */
  command?: ReactNode;
  children: ReactNode;
};

/** A dialog that is a form: its fields, then Cancel and what it is for. */
export function FormDialog({ title, focus, confirm, pending, isPending, command, children, ...rest }: Props) {
  const { description, isWhole, isEarly = false, onSubmit, onRefused, onClose } = rest;
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole) {
      if (!isPending && !isEarly) onSubmit();
      return;
    }
    // The fields must say what is wrong before the first that does can be found.
    flushSync(onRefused);
    form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title} description={description} focus={focus}>
        <form ref={form} onSubmit={submit} className="contents" noValidate>
          <div className="min-h-0 space-y-4 overflow-auto px-5 pt-1 pb-4">{children}</div>
          <DialogFooter>
            {command}
            <span className="flex-1" />
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="primary" type="submit" disabled={isPending || isEarly}>
              {isPending ? pending : confirm}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
