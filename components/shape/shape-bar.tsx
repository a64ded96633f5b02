"use client";
import { Download, RefreshCw, Search } from "lucide-react";
import { InstantField } from "@/components/messages/instant-field";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { MenuButton } from "@/components/ui/menu-button";
import { timePlaces } from "@/components/messages/time-places";
import { Picker } from "@/components/ui/picker";
import { saveText } from "@/components/ui/save-text";
import { sampleSizes, type TopicShape } from "@/lib/contracts/shape";
import { toAvro, toJsonSchema, toTypeScript } from "@/lib/shape-export";

type State = {
  readonly sample: number;
  readonly from: (typeof timePlaces)[number]["value"];
  readonly time: number | null;
  readonly against: (typeof others)[number]["value"];
  readonly againstTime: number | null;
  readonly q: string;
};

type Props = {
  topic: string;
  state: State;
  setState: (change: Partial<State>) => void;
  shape: TopicShape | undefined;
  query: { readonly isFetching: boolean; readonly refetch: () => unknown };
};

const others = [{ value: "nothing", label: "Nothing" }, ...timePlaces] as const;

const DAY_MS = 86_400_000;

/** A time to begin with: a day ago, to the minute. */
function aDayAgo(): number {
  return Math.floor((Date.now() - DAY_MS) / 60_000) * 60_000;
}

/** Which sample, what it is compared with, and what is made of it. */
export function ShapeBar({ topic, state, setState, shape, query }: Props) {
  const save = (extension: string, write: (of: TopicShape, name: string) => string) => () => {
    if (shape) saveText(`${topic}.${extension}`, "text/plain;charset=utf-8", write(shape, topic));
  };
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-6 py-2.5">
      <Picker
        label="Sample"
        value={state.from}
        choices={timePlaces}
        onChoose={(from) => setState({ from, time: from === "time" ? aDayAgo() : null })}
      />
      {state.from === "time" && state.time !== null && (
        <InstantField
          key={state.time}
          label="Time of the sample"
          timeMs={state.time}
          onChange={(time) => setState({ time })}
        />
      )}
      <Picker
        label="Messages"
        value={String(state.sample)}
        choices={sampleSizes.map((size) => ({ value: String(size), label: String(size) }))}
        onChoose={(size) => setState({ sample: Number(size) })}
      />
      <Picker
        label="Compare with"
        value={state.against}
        choices={others}
        onChoose={(against) => setState({ against, againstTime: against === "time" ? aDayAgo() : null })}
      />
      {state.against === "time" && state.againstTime !== null && (
        <InstantField
          key={state.againstTime}
          label="Time to compare with"
          timeMs={state.againstTime}
          onChange={(againstTime) => setState({ againstTime })}
        />
      )}
      <Input
        aria-label="Find fields"
        icon={<Search />}
        placeholder="Find fields"
        value={state.q}
        onChange={(event) => setState({ q: event.target.value })}
        className="max-w-52 min-w-24 flex-1"
      />
      <span className="ml-auto flex gap-2">
        <Button size="icon" aria-label="Sample again" disabled={query.isFetching} onClick={() => void query.refetch()}>
          <RefreshCw />
        </Button>
        <MenuButton
          menuLabel="Save the shape"
          disabled={!shape || shape.fields.length === 0}
          entries={[
            { label: "JSON Schema", onSelect: save("schema.json", toJsonSchema) },
            { label: "Avro", onSelect: save("avsc", toAvro) },
            { label: "TypeScript", onSelect: save("ts", toTypeScript) },
          ]}
        >
          <Download />
          Save as
        </MenuButton>
      </span>
    </div>
  );
}
