"use client";
import { ChevronDown } from "lucide-react";
import { MenuButton } from "@/components/ui/menu-button";

type Choice<Value extends string> = { readonly value: Value; readonly label: string };

type Props<Value extends string> = {
  label: string;
  /** The label is for screen readers only. */
  isLabelHidden?: boolean;
  value: Value;
  choices: readonly Choice<Value>[];
  onChoose: (value: Value) => void;
  isWide?: boolean;
};

/** A button that shows what it chooses: "From Newest". */
export function Picker<Value extends string>({
  label,
  isLabelHidden = false,
  value,
  choices,
  onChoose,
  isWide = false,
}: Props<Value>) {
  return (
    <MenuButton
      menuLabel={label}
      align="start"
      choices={{
        value,
        options: choices,
        onChoose: (chosen) => {
          const choice = choices.find((one) => one.value === chosen);
          if (choice) onChoose(choice.value);
        },
      }}
      className={isWide ? "w-full gap-1" : "gap-1"}
      {...(isWide ? { boxClassName: "flex" } : {})}
    >
      <span className={isLabelHidden ? "sr-only" : "font-normal text-ink-faint"}>{label}</span>
      <span className="truncate">{choices.find((choice) => choice.value === value)?.label ?? value}</span>
      <ChevronDown className="-mr-0.5 ml-auto text-ink-faint" />
    </MenuButton>
  );
}
