"use client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { LinkCode, LinkNote, LinkSection } from "@/components/links/link-section";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { TextBlock } from "@/components/ui/text-block";
import { cn } from "@/lib/cn";
import type { LinkedSubject, TopicLinks } from "@/lib/contracts/topic-links";
import { formatNumberOf } from "@/lib/format";
import { layOutJson } from "@/lib/json-text";

/** The subjects that belong to a topic by their names, each with its newest schema. */
export function SchemaList({ topic, registry }: { topic: string; registry: TopicLinks["registry"] }) {
  if (registry === null)
    return (
      <LinkSection title="Schemas">
        <LinkNote>
          No Schema Registry is set. Start the console with <LinkCode>--schema-registry URL</LinkCode>, or put{" "}
          <LinkCode>schema.registry.url</LinkCode> into the file of <LinkCode>--command-config</LinkCode>.
        </LinkNote>
      </LinkSection>
    );
  const { url, subjects, more } = registry;
  return (
    <LinkSection title="Schemas" place={url}>
      {subjects === null ? (
        <LinkNote>The Schema Registry could not be read.</LinkNote>
      ) : subjects.length === 0 ? (
        <LinkNote>
          No subject is named <LinkCode>{`${topic}-key`}</LinkCode>, <LinkCode>{`${topic}-value`}</LinkCode> or{" "}
          <LinkCode>{`${topic}-`}</LinkCode> with the name of a record.
        </LinkNote>
      ) : (
        <ul aria-label="Subjects">
          {subjects.map((subject) => (
            <Subject key={subject.subject} subject={subject} />
          ))}
        </ul>
      )}
      {more > 0 && <LinkNote>{formatNumberOf(more, "more subject")} of this topic.</LinkNote>}
      {subjects !== null && (
        <p className="px-6 pt-1 text-xs text-ink-faint">
          By name. Subjects of RecordNameStrategy do not name a topic, and are not here.
        </p>
      )}
    </LinkSection>
  );
}

function Subject({ subject: { subject, part, latest, compatibility } }: { subject: LinkedSubject }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <div className="flex min-h-9 items-center gap-3 px-6 hover:bg-hover">
        <button
          type="button"
          className="flex min-w-0 flex-1 items-center gap-2 rounded-sm py-1.5 text-left disabled:pl-5.5"
          aria-expanded={latest === null ? undefined : isOpen}
          disabled={latest === null}
          onClick={() => setOpen(!isOpen)}
        >
          {latest !== null && (
            <ChevronRight className={cn("size-3.5 shrink-0 text-ink-faint", isOpen && "rotate-90")} />
          )}
          <span className="min-w-0 truncate font-mono text-mono font-medium">{subject}</span>
          <Badge>{part}</Badge>
        </button>
        <span className="w-18 shrink-0 text-xs text-ink-muted">{latest?.type}</span>
        <span className="w-20 shrink-0 text-xs text-ink-muted tabular-nums">
          {latest && `Version ${latest.version}`}
        </span>
        <span className="w-14 shrink-0 text-xs text-ink-muted tabular-nums">{latest && `Id ${latest.id}`}</span>
        <span className="hidden w-42 shrink-0 truncate text-xs text-ink-muted @2xl:block">{compatibility}</span>
      </div>
      {latest !== null && isOpen && <Schema subject={subject} schema={latest.schema} type={latest.type} />}
    </li>
  );
}

function Schema({ subject, schema, type }: { subject: string; schema: string; type: string }) {
  const shown = type === "PROTOBUF" ? schema : (layOutJson(schema) ?? schema);
  return (
    <div className="relative mx-6 mb-2 rounded-md bg-canvas shadow-hairline">
      <CopyButton text={schema} label={`Copy the schema of ${subject}`} className="absolute top-1.5 right-1.5" />
      <TextBlock
        label={`Schema of ${subject}`}
        lines={() => shown.split("\n").map((text) => ({ text }))}
        className="max-h-96"
      />
    </div>
  );
}
