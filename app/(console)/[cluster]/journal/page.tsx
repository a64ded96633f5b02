import type { Metadata } from "next";
import { createLoader } from "nuqs/server";
import { revertChange } from "@/app/actions/journal";
import { Prefetched } from "@/app/(console)/prefetch";
import { JournalView } from "@/components/journal/journal-view";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { Topbar } from "@/components/shell/topbar";
import { journalList } from "@/lib/queries/journal";
import { journalQueryOf, journalState } from "@/lib/url";
import { listJournal } from "@/server/console/list-journal";

const loadState = createLoader(journalState);

export const metadata: Metadata = { title: "Journal" };

export default async function JournalPage({ params, searchParams }: PageProps<"/[cluster]/journal">) {
  const cluster = decodeURIComponent((await params).cluster);
  const query = journalQueryOf(await loadState(searchParams));
  return (
    <Prefetched
      reads={[
        {
          queryKey: journalList(cluster, query).queryKey,
          read: (context, actor) => listJournal(context, actor, { cluster, query }),
        },
      ]}
    >
      <Topbar crumbs={[{ label: "Journal" }]}>
        <CopyLinkButton />
      </Topbar>
      <JournalView revertChange={revertChange} />
    </Prefetched>
  );
}
