"use client";
import { useQuery } from "@tanstack/react-query";
import { useCluster } from "@/components/live/live-provider";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { Picker } from "@/components/ui/picker";
import { StatusMark } from "@/components/ui/status";
import { type DecoderChoice, decoderNames } from "@/lib/contracts/decoding";
import { decoderLabel } from "@/lib/decoder-label";
import { ownDecoders } from "@/lib/queries/decoders";

/** What keys and values are read by: the decoders that are built in, and those of the operator's own. */
export function DecoderPickers({ choices }: Pick<MessageBrowserModel, "choices">) {
  const own = useQuery(ownDecoders(useCluster())).data?.decoders.map(({ decoder }) => decoder) ?? [];
  const known: readonly DecoderChoice[] = ["auto", ...own, ...decoderNames];
  // One whose file has gone stays chosen until another is.
  const withChosen = (chosen: DecoderChoice) =>
    [...known, ...(known.includes(chosen) ? [] : [chosen])].map((value) => ({ value, label: decoderLabel(value) }));
  return (
    <>
      <Picker
        label="Key as"
        value={choices.decodeKey}
        choices={withChosen(choices.decodeKey)}
        onChoose={choices.setDecodeKey}
      />
      <Picker
        label="Value as"
        value={choices.decode}
        choices={withChosen(choices.decode)}
        onChoose={choices.setDecode}
      />
    </>
  );
}

/** Files in the operator's directory that are no decoders now, with the reason. */
export function DecoderFailures() {
  const found = useQuery(ownDecoders(useCluster())).data;
  if (found === undefined || found.failures.length === 0) return null;
  return (
    <div role="status" aria-label="Decoders that cannot be used" className="basis-full text-xs">
      <ul className="space-y-0.5">
        {found.failures.map(({ file, reason }) => (
          <li key={file} className="flex gap-2">
            <StatusMark kind="warn" className="mt-0.5" />
            <span className="min-w-0 wrap-anywhere">
              <span className="font-mono" title={`${found.directory}/${file}`}>
                {file}
              </span>{" "}
              decodes nothing: {reason}.
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
