import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn";

type Props = ComponentProps<"input"> & { icon?: ReactNode; trailing?: ReactNode; inputClassName?: string };

/** A line to write in. `className` is for the box, `inputClassName` for the text. */
export function Input({ icon, trailing, className, inputClassName, ...rest }: Props) {
  return (
    <span
      className={cn(
        "flex h-7 min-w-0 items-center gap-2 rounded-md bg-field px-2 text-ink-faint shadow-button focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent has-aria-invalid:outline-2 has-aria-invalid:-outline-offset-1 has-aria-invalid:outline-bad-mark [&_svg]:size-3.5 [&_svg]:shrink-0",
        className,
      )}
    >
      {icon}
      <input
        className={cn(
          "min-w-0 flex-1 bg-transparent text-sm text-ink outline-none placeholder:text-ink-faint",
          inputClassName,
        )}
        autoComplete="off"
        spellCheck={false}
        {...rest}
      />
      {trailing}
    </span>
  );
}
