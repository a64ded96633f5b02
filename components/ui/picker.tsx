"use client";
import { ChevronDown } from "lucide-react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Menu, MenuChoice, MenuChoices, MenuContent, MenuTrigger } from "@/components/ui/menu";
import { cn } from "@/lib/cn";

/** A button that shows what it chooses: "From Newest". */
export function PickerButton({ label, value, className, ...rest }: { label?: string; value: string } & ButtonProps) {
  return (
    <Button {...rest} className={cn("gap-1", className)}>
      {label && <span className="font-normal text-ink-faint">{label}</span>}
      <span className="truncate">{value}</span>
      <ChevronDown className="-mr-0.5 ml-auto text-ink-faint" />
    </Button>
  );
}

type Choice<Value extends string> = { readonly value: Value; readonly label: string };

type Props<Value extends string> = {
  label: string;
  value: Value;
  choices: readonly Choice<Value>[];
  onChoose: (value: Value) => void;
  className?: string;
};

/** Chooses one of several words. */
export function Picker<Value extends string>({ label, value, choices, onChoose, className }: Props<Value>) {
  const shown = choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <Menu>
      <MenuTrigger asChild>
        <PickerButton label={label} value={shown} {...(className ? { className } : {})} />
      </MenuTrigger>
      <MenuContent align="start" className="min-w-32">
        <MenuChoices
          value={value}
          onValueChange={(chosen) => {
            const choice = choices.find((one) => one.value === chosen);
            if (choice) onChoose(choice.value);
          }}
        >
          {choices.map((choice) => (
            <MenuChoice key={choice.value} value={choice.value}>
              {choice.label}
            </MenuChoice>
          ))}
        </MenuChoices>
      </MenuContent>
    </Menu>
  );
}
