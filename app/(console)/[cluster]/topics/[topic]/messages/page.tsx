import type { Metadata } from "next";
import { createLoader } from "nuqs/server";
import { controlJob } from "@/app/actions/jobs";
import { produceMessage } from "@/app/actions/messages";
import { removeSavedSearch, saveSearch } from "@/app/actions/searches";
import { Prefetched } from "@/app/(console)/prefetch";
import { MessagesView } from "@/components/messages/messages-view";
import { messages } from "@/lib/queries/messages";
import { messageBrowserState, messageQueryOf } from "@/lib/message-url";
import { readMessages } from "@/server/console/read-messages";

type Props = PageProps<"/[cluster]/topics/[topic]/messages">;

const searchActions = { save: saveSearch, remove: removeSavedSearch };

const loadState = createLoader(messageBrowserState);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).topic) };
}

export default async function MessagesPage({ params, searchParams }: Props) {
  const { cluster, topic } = await params;
  const place = { cluster: decodeURIComponent(cluster), topic: decodeURIComponent(topic) };
  const state = await loadState(searchParams);
  const query = messageQueryOf(state.follow ? { ...state, from: "newest" } : state);
  return (
    <Prefetched
      reads={[
        {
          queryKey: messages(place.cluster, place.topic, query).queryKey,
          read: (context, actor) => readMessages(context, actor, { ...place, query }),
        },
      ]}
    >
      <MessagesView
        key={place.topic}
        topic={place.topic}
        produceMessage={produceMessage}
        controlJob={controlJob}
        searchActions={searchActions}
      />
    </Prefetched>
  );
}
