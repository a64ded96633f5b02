"use client";
import type { SearchModel } from "@/components/search/use-search";
import { Picker } from "@/components/ui/picker";
import { formatInteger } from "@/lib/format";

const budgets = [null, 100_000, 1_000_000, 10_000_000] as const;

const isolations = [
  { value: "uncommitted", label: "All" },
  { value: "committed", label: "Committed only" },
] as const;

/** How much a search may read, and whether it sees what transactions have not committed. */
export function SearchOptions({ search }: { search: SearchModel }) {
  const { budget, isolation } = search.options;
  const values = budgets.some((one) => one === budget) ? budgets : [...budgets, budget];
  return (
    <>
      <Picker
        label="Search reads"
        value={textOf(budget)}
        choices={values.map((value) => ({ value: textOf(value), label: labelOf(value) }))}
        onChoose={(value) => search.setOptions({ budget: value === "" ? null : Number(value) })}
      />
      <Picker
        label="Search sees"
        value={isolation}
        choices={isolations}
        onChoose={(value) => search.setOptions({ isolation: value })}
      />
    </>
  );
}

function textOf(budget: number | null): string {
  return budget === null ? "" : String(budget);
}

function labelOf(budget: number | null): string {
  return budget === null ? "All there is" : `At most ${formatInteger(budget)} messages`;
}
