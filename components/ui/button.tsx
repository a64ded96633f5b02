import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

const variants = {
  primary: "bg-primary text-primary-ink hover:opacity-88 active:opacity-80",
  outline:
    "bg-raised text-ink shadow-button hover:bg-hover active:bg-press aria-pressed:bg-accent-soft aria-pressed:text-accent aria-pressed:shadow-accent data-[state=open]:bg-press",
  ghost:
    "text-ink-muted hover:bg-hover hover:text-ink active:bg-press aria-pressed:bg-press aria-pressed:text-ink data-[state=open]:bg-press data-[state=open]:text-ink disabled:bg-transparent",
  danger: "bg-bad-mark text-bad-ink hover:opacity-90 active:opacity-80",
};

const sizes = {
  sm: "h-6 gap-1.5 px-2 text-xs",
  md: "h-7 gap-1.5 px-2.5 text-sm",
  icon: "size-7",
  "icon-sm": "size-6",
};

type Look = { variant?: keyof typeof variants; size?: keyof typeof sizes; className?: string | undefined };

/** The classes of a button, for a link that looks like one. */
export function buttonLook({ variant = "outline", size = "md", className }: Look): string {
  return cn(
    "inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap transition-colors duration-75 select-none",
    "[&_svg]:size-3.5 [&_svg]:shrink-0",
    "disabled:pointer-events-none disabled:bg-hover disabled:text-ink-faint disabled:shadow-none",
    variants[variant],
    sizes[size],
    className,
  );
}

export type ButtonProps = ComponentProps<"button"> & Pick<Look, "variant" | "size">;

/** The console's button. */
export function Button({ variant = "outline", size = "md", className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={buttonLook({ variant, size, className })} {...rest} />;
}
