import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { JsonText } from "@/components/ui/json-text";
import { TextBlock } from "@/components/ui/text-block";
import type { PayloadBytes } from "@/lib/contracts/messages";
import { textOf } from "@/lib/decode-payload";
import { formatBytes } from "@/lib/format";
import { bytesOfPayload, viewPayload } from "@/lib/payload-view";
import type { Decoder } from "@/lib/url";

const words = { null: "Null", empty: "Empty", json: "JSON", text: "Text", hex: "Bytes" } as const;

const jsonLine = (text: string) => <JsonText text={text} />;

type Props = { name: "key" | "value"; payload: PayloadBytes; decoder: Decoder; nullText: string };

/** A key or value: what it was read as, its size, and itself. Copying takes it as it was produced. */
export function PayloadBlock({ name, payload, decoder, nullText }: Props) {
  const view = viewPayload(payload, decoder);
  return (
    <>
      <div className="flex h-9 shrink-0 items-center gap-2 pr-2 pl-4 text-xs text-ink-muted">
        <Badge tone={view.format === "null" ? "warn" : "info"}>{words[view.format]}</Badge>
        <span className="min-w-0 truncate">
          {view.note}
          {payload.truncated && ` The first ${formatBytes(bytesOfPayload(payload).length)} are shown.`}
        </span>
        <span className="ml-auto shrink-0 tabular-nums">{formatBytes(payload.sizeBytes)}</span>
        <CopyButton text={() => textOf(bytesOfPayload(payload)) ?? view.text} label={`Copy the ${name}`} />
      </div>
      {view.format === "null" || view.format === "empty" ? (
        <p className="min-h-0 flex-1 border-y bg-canvas px-4 py-3 text-sm text-ink-muted">
          {view.format === "null" ? nullText : "No bytes: empty, but not null."}
        </p>
      ) : (
        <TextBlock
          label={name === "key" ? "Key" : "Value"}
          text={view.text}
          numbered={view.format !== "hex"}
          {...(view.format === "json" ? { line: jsonLine } : {})}
          className={
            view.format === "hex" ? "min-h-0 flex-1 border-y bg-canvas text-2xs" : "min-h-0 flex-1 border-y bg-canvas"
          }
        />
      )}
    </>
  );
}
