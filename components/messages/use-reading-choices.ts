"use client";
import { useChosenText } from "@/components/ui/use-preference";
import { type DecoderChoice, decoderChoice } from "@/lib/contracts/decoding";
import { pointersOf } from "@/lib/contracts/messages";

type InAddress = {
  readonly decode: DecoderChoice | null;
  readonly decodeKey: DecoderChoice | null;
  readonly columns: readonly string[] | null;
};

type Change = (change: { decode?: DecoderChoice; decodeKey?: DecoderChoice; columns?: string[] }) => void;

/** How this topic's records are read: as the address says, else as was last chosen for the topic. A choice goes into both. */
export function useReadingChoices(cluster: string, topic: string, inAddress: InAddress, setAddress: Change) {
  const [keptValue, keepValue] = useChosenText(`odradek.decode.${cluster}/${topic}`);
  const [keptKey, keepKey] = useChosenText(`odradek.decodeKey.${cluster}/${topic}`);
  const [keptColumns, keepColumns] = useChosenText(`odradek.columns.${cluster}/${topic}`);
  const columns = inAddress.columns ?? pointersOf(keptColumns ?? undefined);
  const setColumns = (next: string[]) => {
    keepColumns(next.length === 0 ? null : JSON.stringify(next));
    setAddress({ columns: next });
  };
  return {
    decode: inAddress.decode ?? choiceOf(keptValue),
    decodeKey: inAddress.decodeKey ?? choiceOf(keptKey),
    columns,
    setDecode: (decode: DecoderChoice) => {
      keepValue(decode === "auto" ? null : decode);
      setAddress({ decode });
    },
    setDecodeKey: (decodeKey: DecoderChoice) => {
      keepKey(decodeKey === "auto" ? null : decodeKey);
      setAddress({ decodeKey });
    },
    /** Gives a field of the value a column, or takes it away. */
    toggleColumn: (pointer: string) =>
      setColumns(columns.includes(pointer) ? columns.filter((one) => one !== pointer) : [...columns, pointer]),
  };
}

function choiceOf(text: string | null): DecoderChoice {
  const parsed = decoderChoice.safeParse(text);
  return parsed.success ? parsed.data : "auto";
}
