import { Kbd } from "@/components/ui/kbd";
import { StatusMark } from "@/components/ui/status";
import type { SearchCheck } from "@/lib/contracts/search";
import { formatInteger, formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";

type Props = {
  test: SearchCheck | undefined;
  error: Error | null;
  fieldsRead: number | undefined;
  hasItems: boolean;
};

/** What the text is worth before it is searched for: where it is wrong, or how often it holds among the newest records. */
export function TestLine({ test, error, fieldsRead, hasItems }: Props) {
  return (
    <div className="flex min-h-8 items-center gap-3 border-t px-3 py-1.5 text-xs text-ink-muted">
      <span role="status" className="flex min-w-0 flex-1 items-center gap-1.5">
        {test?.fault ? (
          <>
            <StatusMark kind="bad" />
            <span className="text-bad">
              {test.fault.message} <span className="text-ink-muted">Character {test.fault.start + 1}.</span>
            </span>
          </>
        ) : error ? (
          <span>{problemOf(error).detail}</span>
        ) : test?.sample ? (
          <Sample sample={test.sample} />
        ) : (
          "Testing on the newest records…"
        )}
      </span>
      <span className="flex shrink-0 items-center gap-1.5">
        {hasItems && (
          <>
            <Kbd>⇥</Kbd> take
          </>
        )}
        <Kbd>↵</Kbd> search
        {hasItems && fieldsRead !== undefined && (
          <span className="pl-2">fields of {formatNumberOf(fieldsRead, "record")}</span>
        )}
      </span>
    </div>
  );
}

function Sample({ sample }: { sample: NonNullable<SearchCheck["sample"]> }) {
  const { records, matches, isLate, failed, failure } = sample;
  if (records === 0)
    return isLate ? "The newest records could not be read in time. Search all the same." : "No records to test it on.";
  return (
    <>
      {failed > 0 && <StatusMark kind="warn" />}
      <span className="truncate">
        Holds for <b className="font-medium text-ink">{formatInteger(matches)}</b> of the newest{" "}
        {formatNumberOf(records, "record")}
        {failed > 0 && failure && (
          <>
            ; fails on {formatInteger(failed)}: {failure.message} (partition {failure.partition} at {failure.offset})
          </>
        )}
      </span>
    </>
  );
}
