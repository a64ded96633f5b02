"use client";
import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";

type Pair = {
  readonly name: string;
  readonly value: string;
  /** The value stands for bytes that are no text. */
  readonly encoding?: "base64";
};

type Props = {
  pairs: readonly Pair[];
  onChange: (pairs: readonly Pair[]) => void;
  /** "header": the words of the buttons and fields. */
  noun: string;
  valuePlaceholder?: string;
};

const fieldLook =
  "h-7 min-w-0 bg-transparent px-2 font-mono text-xs outline-none -outline-offset-2 placeholder:text-ink-faint focus-visible:outline-2 focus-visible:outline-accent";

/** Names with their values, one pair a line, and a line to add one. */
export function PairRows({ pairs, onChange, noun, valuePlaceholder = "value" }: Props) {
  const change = (index: number, part: Partial<Pair>) =>
    onChange(pairs.map((pair, i) => (i === index ? { ...pair, ...part } : pair)));
  return (
    <div className="divide-y overflow-hidden rounded-md bg-field shadow-button">
      {pairs.map((pair, i) => (
        // A pair's identity is its line: names may be empty or repeat.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={i} className="flex items-center divide-x">
          <input
            aria-label={`Name of ${noun} ${i + 1}`}
            placeholder="name"
            autoComplete="off"
            spellCheck={false}
            value={pair.name}
            onChange={(event) => change(i, { name: event.target.value })}
            className={`${fieldLook} w-2/5`}
          />
          <input
            aria-label={`Value of ${noun} ${i + 1}`}
            placeholder={valuePlaceholder}
            autoComplete="off"
            spellCheck={false}
            value={pair.value}
            onChange={(event) => change(i, { value: event.target.value })}
            className={`${fieldLook} flex-1`}
          />
          {pair.encoding && <span className="px-1.5 text-2xs text-ink-muted">{pair.encoding}</span>}
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Remove ${noun} ${i + 1}`}
            onClick={() => onChange(pairs.filter((_, other) => other !== i))}
          >
            <X />
          </Button>
        </div>
      ))}
      <button
        type="button"
        onClick={() => onChange([...pairs, { name: "", value: "" }])}
        className="flex h-7 w-full items-center gap-1.5 px-2 text-xs text-ink-faint -outline-offset-2 hover:text-ink"
      >
        <Plus className="size-3" />
        Add {noun}
      </button>
    </div>
  );
}
