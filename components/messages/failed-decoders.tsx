"use client";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { FailedDecoder } from "@/lib/contracts/decoding";
import { decoderLabel } from "@/lib/decoder-label";
import { formatNumberOf } from "@/lib/format";

/** Which decoders were tried before, and why each could not read the bytes. */
export function FailedDecoders({ failed }: { failed: readonly FailedDecoder[] }) {
  const [isOpen, setOpen] = useState(false);
  const Arrow = isOpen ? ChevronDown : ChevronRight;
  return (
    <div className="shrink-0 border-t px-4 py-1.5 text-xs">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex items-center gap-1 rounded-sm text-ink-muted hover:text-ink"
      >
        <Arrow className="size-3" />
        {formatNumberOf(failed.length, "decoder")} tried before
      </button>
      {isOpen && (
        <section
          aria-label="Decoders tried before"
          // A region that scrolls must be reachable by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          className="mt-1 max-h-32 scroll-thin overflow-auto"
        >
          <dl className="space-y-0.5">
            {failed.map(({ decoder, reason }) => (
              <div key={decoder} className="flex gap-2">
                <dt className="w-24 shrink-0 text-ink-muted">{decoderLabel(decoder)}</dt>
                <dd className="min-w-0 flex-1 font-mono wrap-anywhere text-ink">{reason}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}
