"use client";
import { FileUp } from "lucide-react";
import { useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Segments } from "@/components/ui/segments";
import { useZone } from "@/components/ui/use-zone";
import { type GoalDraft, goalWords, type ReadDraft } from "@/lib/goal-draft";

const labels: Record<GoalDraft["to"], string> = {
  earliest: "Earliest",
  latest: "Latest",
  time: "Time",
  duration: "Duration",
  offset: "Offset",
  shift: "Shift by",
  group: "Copy of group",
  file: "File",
  none: "Delete",
};

type Props = {
  draft: GoalDraft;
  read: ReadDraft;
  isNew: boolean;
  topics: readonly string[];
  groups: readonly string[];
  onChange: (change: Partial<GoalDraft>) => void;
};

/** Where the offsets should go, and of which partitions. */
export function GoalFields({ draft, read, isNew, topics, groups, onChange }: Props) {
  const faultOf = (field: keyof GoalDraft) =>
    "field" in read && read.field === field && !read.isEmpty ? read.fault : undefined;
  const words = isNew ? goalWords.filter((word) => word !== "none" && word !== "shift") : goalWords;
  const listId = useId();
  return (
    <div className="px-5 pb-3">
      <Segments
        label="Where to"
        options={words.map((value) => ({ value, label: labels[value] }))}
        value={draft.to}
        onChoose={(to) => onChange({ to })}
        className="h-7 max-w-full overflow-x-auto [&>button]:h-6"
      />
      <div className="mt-2.5 flex flex-wrap items-start gap-2">
        <GoalValue draft={draft} groups={groups} faultOf={faultOf} onChange={onChange} />
        {draft.to !== "file" && (
          <>
            <Narrow
              label="Topic"
              placeholder={isNew ? "its name" : "all it has committed in"}
              value={draft.topic}
              list={listId}
              fault={faultOf("topic")}
              className="w-60"
              onChange={(topic) => onChange({ topic })}
            />
            <Narrow
              label="Partitions"
              placeholder="all, or 0-3, 7"
              value={draft.partitions}
              fault={faultOf("partitions")}
              className="w-44"
              onChange={(partitions) => onChange({ partitions })}
            />
            <datalist id={listId}>
              {topics.map((topic) => (
                <option key={topic}>{topic}</option>
              ))}
            </datalist>
          </>
        )}
      </div>
      {"fault" in read && !read.isEmpty && (
        <p role="alert" className="mt-1.5 text-xs text-bad">
          {read.fault}
        </p>
      )}
    </div>
  );
}

type NarrowProps = {
  label: string;
  placeholder: string;
  value: string;
  list?: string;
  fault: string | undefined;
  className: string;
  onChange: (value: string) => void;
};

function Narrow({ label, placeholder, value, list, fault, className, onChange }: NarrowProps) {
  return (
    <Input
      aria-label={label}
      aria-invalid={fault !== undefined || undefined}
      icon={<span className="text-xs text-ink-faint">{label}</span>}
      placeholder={placeholder}
      value={value}
      {...(list === undefined ? {} : { list })}
      onChange={(event) => onChange(event.target.value)}
      className={className}
    />
  );
}

type ValueProps = Pick<Props, "draft" | "groups" | "onChange"> & {
  faultOf: (field: keyof GoalDraft) => string | undefined;
};

function GoalValue({ draft, groups, faultOf, onChange }: ValueProps) {
  const [zone] = useZone();
  const listId = useId();
  const common = { className: "w-52", inputClassName: "font-mono text-xs" };
  const invalid = (field: keyof GoalDraft) => faultOf(field) !== undefined || undefined;
  switch (draft.to) {
    case "time":
      return (
        <Input
          {...common}
          aria-label={`Time, ${zone === "utc" ? "UTC" : "local"}`}
          aria-invalid={invalid("time")}
          placeholder="2026-11-22 09:00"
          value={draft.time}
          onChange={(event) => onChange({ time: event.target.value })}
          trailing={<span className="text-2xs">{zone === "utc" ? "UTC" : "local"}</span>}
        />
      );
    case "duration":
      return (
        <Input
          {...common}
          aria-label="How long before now"
          aria-invalid={invalid("duration")}
          placeholder="2 h"
          value={draft.duration}
          onChange={(event) => onChange({ duration: event.target.value })}
          trailing={<span className="text-2xs">before now</span>}
        />
      );
    case "offset":
      return (
        <Input
          {...common}
          aria-label="Offset"
          aria-invalid={invalid("offset")}
          inputMode="numeric"
          value={draft.offset}
          onChange={(event) => onChange({ offset: event.target.value })}
        />
      );
    case "shift":
      return (
        <Input
          {...common}
          aria-label="Records to shift by"
          aria-invalid={invalid("by")}
          placeholder="-100"
          value={draft.by}
          onChange={(event) => onChange({ by: event.target.value })}
          trailing={<span className="text-2xs">records</span>}
        />
      );
    case "group":
      return (
        <>
          <Input
            {...common}
            aria-label="Group to copy from"
            aria-invalid={invalid("group")}
            list={listId}
            value={draft.group}
            onChange={(event) => onChange({ group: event.target.value })}
          />
          <datalist id={listId}>
            {groups.map((group) => (
              <option key={group}>{group}</option>
            ))}
          </datalist>
        </>
      );
    case "file":
      return <FileValue text={draft.file} isInvalid={invalid("file")} onChange={(file) => onChange({ file })} />;
    case "earliest":
    case "latest":
    case "none":
      return null;
  }
}

type FileProps = { text: string; isInvalid: true | undefined; onChange: (text: string) => void };

function FileValue({ text, isInvalid, onChange }: FileProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className="w-full">
      <textarea
        aria-label="Offsets, a line of topic,partition,offset each"
        aria-invalid={isInvalid}
        rows={4}
        spellCheck={false}
        placeholder={"orders,0,120\norders,1,98"}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        className="block w-full rounded-md bg-field px-2 py-1.5 font-mono text-xs text-ink shadow-button placeholder:text-ink-faint"
      />
      <div className="mt-1.5 flex items-center gap-2 text-xs text-ink-faint">
        <Button size="sm" onClick={() => picker.current?.click()}>
          <FileUp />
          Open a file
        </Button>
        <input
          ref={picker}
          type="file"
          accept=".csv,text/csv,text/plain"
          aria-label="File of offsets"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void file.text().then(onChange);
            event.target.value = "";
          }}
        />
        The same lines as kafka-consumer-groups --from-file takes.
      </div>
    </div>
  );
}
