"use client";
import type { RefObject } from "react";
import type { FieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segments } from "@/components/ui/segments";
import { configForm } from "@/lib/config-value";
import type { ConfigEntry } from "@/lib/contracts/configs";

type Props = {
  entry: Pick<ConfigEntry, "name" | "type">;
  control: FieldControl;
  text: string;
  onChange: (text: string) => void;
  focus?: RefObject<HTMLInputElement | null>;
};

const most = 3;

/** What a config's value is written or chosen with. */
export function ConfigInput({ entry, control, text, onChange, focus }: Props) {
  const form = configForm(entry);
  if (form.kind === "choice" && form.words.length <= most)
    return (
      <Segments
        label={`Value of ${entry.name}`}
        options={form.words.map((word) => ({ value: word, label: word }))}
        value={text}
        onChoose={onChange}
      />
    );
  if (form.kind === "choice")
    return (
      <select
        {...control}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        className="h-7 w-full rounded-md bg-field px-2 font-mono text-mono text-ink shadow-button"
      >
        {form.words.map((word) => (
          <option key={word}>{word}</option>
        ))}
      </select>
    );
  if (form.kind === "words")
    return (
      <div role="group" aria-label={`Value of ${entry.name}`} className="flex h-7 items-center gap-4">
        {form.words.map((word) => {
          const chosen = text.split(",").filter((own) => own !== "");
          const isChosen = chosen.includes(word);
          return (
            <label key={word} className="flex items-center gap-1.5 font-mono text-mono">
              <input
                type="checkbox"
                className="accent-accent"
                checked={isChosen}
                onChange={() =>
                  onChange(form.words.filter((own) => (own === word ? !isChosen : chosen.includes(own))).join(","))
                }
              />
              {word}
            </label>
          );
        })}
      </div>
    );
  return (
    <Input
      {...control}
      {...(focus ? { ref: focus } : {})}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      inputClassName="font-mono text-mono"
    />
  );
}
