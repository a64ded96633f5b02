"use client";
import { RadioGroup } from "radix-ui";
import { cn } from "@/lib/cn";

type Props<Value extends string> = {
  label: string;
  options: readonly { readonly value: Value; readonly label: string }[];
  value: Value;
  onChoose: (value: Value) => void;
  className?: string;
};

/** A choice of one among a few, all of them seen. */
export function Segments<Value extends string>({ label, options, value, onChoose, className }: Props<Value>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      orientation="horizontal"
      onValueChange={(chosen) => {
        const option = options.find((one) => one.value === chosen);
        if (option) onChoose(option.value);
      }}
      className={cn("inline-flex h-6 shrink-0 items-center rounded-md bg-hover p-0.5 text-xs font-medium", className)}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="h-5 rounded-md px-2 whitespace-nowrap text-ink-muted hover:text-ink data-[state=checked]:bg-raised data-[state=checked]:text-ink data-[state=checked]:shadow-button"
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
