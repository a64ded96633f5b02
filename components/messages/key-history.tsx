"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemView } from "@/components/feedback/problem-view";
import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useZone } from "@/components/ui/use-zone";
import type { KeyVersion } from "@/lib/contracts/keys";
import type { RecordDetail } from "@/lib/contracts/messages";
import { diffFields, type FieldChange } from "@/lib/field-diff";
import { formatInteger, formatNumberOf } from "@/lib/format";
import { formatInstant } from "@/lib/instant";
import { pathOf } from "@/lib/json-text";
import { problemOf } from "@/lib/problem";
import { keyHistory } from "@/lib/queries/keys";

type Props = { browser: MessageBrowserModel; record: RecordDetail };

/** All versions of a record's key, newest first, each with what changed in it. */
export function KeyHistory({ browser, record }: Props) {
  const [isEverywhere, setEverywhere] = useState(false);
  const { keyAs, valueAs } = browser.place;
  const query = useQuery(
    keyHistory(browser.cluster, record.topic, {
      key: record.key.base64 ?? "",
      ...(isEverywhere ? { everywhere: "true" } : {}),
      keyAs,
      valueAs,
    }),
  );
  const history = query.data;
  if (query.error) return <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />;
  if (!history)
    return (
      <p role="status" className="px-4 py-3 text-sm text-ink-muted">
        Reading back through the versions…
      </p>
    );
  return (
    <div className="min-h-0 flex-1 scroll-thin overflow-auto">
      <p className="flex items-center gap-2 border-b px-4 py-2 text-xs text-ink-muted">
        <span className="flex-1">
          {formatNumberOf(history.versions.length, "version")}
          {history.partition === null ? " in all partitions" : ` in partition ${history.partition}`} ·{" "}
          {formatInteger(history.scanned)} read
          {history.incomplete !== null && ` · ${history.incomplete}`}
        </span>
        {!isEverywhere && (
          <Button size="sm" onClick={() => setEverywhere(true)}>
            All partitions
          </Button>
        )}
      </p>
      {history.versions.length === 0 && (
        <p className="px-4 py-3 text-sm text-ink-muted">
          Kafka’s own partitioner puts this key in partition {history.partition}, and it is not there.
        </p>
      )}
      <ol>
        {history.versions.map((version, i) => (
          <Version
            key={`${version.partition} ${version.offset}`}
            version={version}
            older={history.versions[i + 1]}
            isOpen={version.partition === record.partition && version.offset === record.offset}
            onOpen={() => browser.open({ ...version, topic: record.topic })}
          />
        ))}
      </ol>
    </div>
  );
}

type VersionProps = { version: KeyVersion; older: KeyVersion | undefined; isOpen: boolean; onOpen: () => void };

function Version({ version, older, isOpen, onOpen }: VersionProps) {
  const [zone] = useZone();
  return (
    <li aria-current={isOpen || undefined} className="border-b px-4 py-2 text-xs aria-current:bg-selected">
      <div className="flex items-center gap-2">
        <button type="button" onClick={onOpen} className="rounded-sm font-mono text-ink hover:underline">
          {version.partition}@{version.offset}
        </button>
        <time className="text-ink-muted tabular-nums">{formatInstant(version.timestampMs, zone)}</time>
        {version.value.form === "null" && <Badge tone="warn">tombstone</Badge>}
      </div>
      <Changes version={version} older={older} />
    </li>
  );
}

function Changes({ version, older }: Pick<VersionProps, "version" | "older">) {
  if (version.value.form === "null") return null;
  if (older === undefined || older.value.form === "null")
    return <p className="mt-1 text-ink-muted">{older === undefined ? "the oldest there is" : "written anew"}</p>;
  const changes = diffFields(older.value.text, version.value.text);
  if (changes.length === 0) return <p className="mt-1 text-ink-muted">the same as before</p>;
  return (
    <ul className="mt-1 space-y-0.5 font-mono">
      {changes.slice(0, 50).map((change) => (
        <li key={`${change.kind} ${change.pointer}`} className="wrap-anywhere">
          <Change change={change} />
        </li>
      ))}
      {changes.length > 50 && <li className="text-ink-muted">and {changes.length - 50} more fields</li>}
    </ul>
  );
}

function Change({ change }: { change: FieldChange }) {
  const name = (pathOf(change.pointer) ?? ["value"]).join(".");
  return (
    <>
      <span className="text-ink-muted">{name}</span>{" "}
      {change.before !== null && <del className="rounded-sm bg-bad-soft text-ink">{cut(change.before)}</del>}{" "}
      {change.after !== null && <ins className="rounded-sm bg-ok-soft text-ink no-underline">{cut(change.after)}</ins>}
    </>
  );
}

function cut(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
