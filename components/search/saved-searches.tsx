"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { SearchModel } from "@/components/search/use-search";
import { MenuButton, type MenuEntry } from "@/components/ui/menu-button";
import { callAction } from "@/lib/call-action";
import type { RemoveSavedSearchInput, SaveSearchInput } from "@/lib/contracts/search";
import { savedSearches, savedSearchKeys } from "@/lib/queries/search";
import type { Result } from "@/lib/result";

const SaveSearchDialog = dynamic(
  () => import("@/components/search/save-search-dialog").then((module) => module.SaveSearchDialog),
  { ssr: false },
);

/** The server actions of saved searches; the page passes them in. */
export type SearchActions = {
  readonly save: (input: SaveSearchInput) => Promise<Result<{ readonly name: string }>>;
  readonly remove: (input: RemoveSavedSearchInput) => Promise<Result<{ readonly name: string }>>;
};

/** Searches kept for the topic: run one, remove one, or keep the one that is shown. */
export function SavedSearches({ search, actions }: { search: SearchModel; actions: SearchActions }) {
  const { cluster, topic, found } = search;
  const client = useQueryClient();
  const saved = useQuery(savedSearches(cluster, topic)).data?.searches ?? [];
  const [isSaving, setSaving] = useState(false);
  const removing = useMutation({
    mutationFn: (name: string) => callAction(actions.remove, { cluster, topic, name }),
    onSuccess: () => client.invalidateQueries({ queryKey: savedSearchKeys(cluster, topic) }),
  });
  const entries: readonly MenuEntry[] = [
    ...saved.map(({ name, query }) => ({ label: name, onSelect: () => search.begin(query, query) })),
    ...(found ? [{ label: "Save this search…", isApart: saved.length > 0, onSelect: () => setSaving(true) }] : []),
    ...saved.map(({ name }, index) => ({
      label: `Remove ${name}`,
      icon: <Trash2 />,
      isApart: index === 0,
      onSelect: () => removing.mutate(name),
    })),
  ];
  if (entries.length === 0) return null;
  return (
    <>
      <MenuButton menuLabel="Saved searches" aria-label="Saved searches" size="icon" entries={entries}>
        <Bookmark />
      </MenuButton>
      {isSaving && found && (
        <SaveSearchDialog
          cluster={cluster}
          topic={topic}
          query={found.query}
          save={actions.save}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
}
