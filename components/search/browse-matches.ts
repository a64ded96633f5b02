import type { MessageBrowserModel } from "@/components/messages/use-message-browser";
import type { SearchResult } from "@/lib/contracts/search";
import { formatRecordAddress } from "@/lib/record-address";

/** The browser over what a search has found: the same list, keys and detail. */
export function browseMatches(browser: MessageBrowserModel, found: SearchResult | undefined): MessageBrowserModel {
  const matches = found?.matches ?? [];
  const at = browser.at === null ? undefined : formatRecordAddress(browser.at);
  const index = at === undefined ? -1 : matches.findIndex((match) => formatRecordAddress(match) === at);
  return {
    ...browser,
    records: matches,
    isMerged: (found?.query.topics.length ?? 1) > 1,
    index,
    move: (step) => {
      const next = matches[index < 0 ? 0 : index + step];
      if (next) browser.open(next);
    },
  };
}
