"use client";
import { type FormEvent, useState } from "react";
import { Input } from "@/components/ui/input";

type Props = {
  label: string;
  value: string;
  placeholder?: string;
  isValid: (text: string) => boolean;
  /** With text that is valid and another than before, on Enter and when the field is left. */
  onChange: (text: string) => void;
  className?: string;
  suggestions?: readonly string[];
};

/** A line to write that is taken only when it is valid. */
export function CheckedField({ label, value, placeholder, isValid, onChange, className, suggestions }: Props) {
  const [text, setText] = useState(value);
  const isGood = isValid(text);
  const list = suggestions === undefined ? undefined : `list-${label.replaceAll(/\W/g, "-")}`;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (isGood && text !== value) onChange(text);
  };
  return (
    <form onSubmit={submit}>
      <Input
        aria-label={label}
        aria-invalid={!isGood || undefined}
        value={text}
        onChange={(event) => setText(event.target.value.trim())}
        onBlur={() => submit()}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(list === undefined ? {} : { list })}
        className={className}
        inputClassName="font-mono text-xs"
      />
      {list && (
        <datalist id={list}>
          {suggestions?.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </datalist>
      )}
    </form>
  );
}
