"use client";
import type { RefObject } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = {
  input: RefObject<HTMLInputElement | null>;
  value: string;
  error: string | undefined;
  onChange: (name: string) => void;
  /** A name that Kafka knows too. */
  isCode?: boolean;
};

/** The name of what a dialog makes. */
export function NameField({ input, value, error, onChange, isCode = false }: Props) {
  return (
    <Field label="Name" error={error}>
      {(control) => (
        <Input
          {...control}
          ref={input}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="h-8"
          {...(isCode ? { inputClassName: "font-mono text-mono" } : {})}
        />
      )}
    </Field>
  );
}
