"use client";
import { useTopicList } from "@/components/topics/topic-list-context";

const look = "block size-3.5 accent-accent";

/** The box that selects a topic's row. */
export function SelectTopic({ name }: { name: string }) {
  const { selected, select } = useTopicList();
  return (
    <input
      type="checkbox"
      aria-label={`Select ${name}`}
      className={look}
      checked={selected.has(name)}
      onChange={(event) => select(name, event.target.checked)}
    />
  );
}

/** The box above them that selects all that are shown. */
export function SelectShown() {
  const { shownSelected, selectShown } = useTopicList();
  return (
    <input
      type="checkbox"
      aria-label="Select all shown topics"
      className={look}
      checked={shownSelected === "all"}
      ref={(box) => {
        if (box) box.indeterminate = shownSelected === "some";
      }}
      onChange={(event) => selectShown(event.target.checked)}
    />
  );
}
