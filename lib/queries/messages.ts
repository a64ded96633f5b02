import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DecoderChoice } from "@/lib/contracts/decoding";
import {
  type ExportFormat,
  messagePage,
  type MessageQuery,
  recordDetail as recordDetailContract,
} from "@/lib/contracts/messages";
import { parametersOf } from "@/lib/queries/parameters";
import { clusterApi, readBytes, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** Records of a topic from a place on; read again only when asked to, since the list must not move under the reader. */
export function messages(cluster: string, topic: string, query: MessageQuery) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "messages", query],
    queryFn: ({ signal }) =>
      readResult(`${clusterApi(cluster, "topics", topic, "messages")}?${parametersOf(query)}`, messagePage, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}

/** The address from which the records of a query are saved as a file. */
export function exportPath(cluster: string, topic: string, query: MessageQuery, format: ExportFormat): string {
  const { limit: _limit, ...place } = query;
  return `${clusterApi(cluster, "topics", topic, "export")}?${parametersOf({ ...place, format })}`;
}

type DecoderQuery = { readonly keyAs?: DecoderChoice | undefined; readonly valueAs?: DecoderChoice | undefined };
type RecordPlace = { readonly topic: string; readonly partition: number; readonly offset: string };

function recordPath(cluster: string, { topic, partition, offset }: RecordPlace, ...more: readonly string[]): string {
  return clusterApi(cluster, "topics", topic, "messages", String(partition), offset, ...more);
}

/** One record. A record never changes, so it is read once for each way to decode it. */
export function recordDetail(cluster: string, place: RecordPlace, { keyAs, valueAs }: DecoderQuery = {}) {
  return queryOptions({
    queryKey: [...topicKey(cluster, place.topic), "record", place.partition, place.offset, keyAs, valueAs],
    queryFn: ({ signal }) =>
      readResult(`${recordPath(cluster, place)}?${parametersOf({ keyAs, valueAs })}`, recordDetailContract, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The whole key or value of a record that the detail carries cut. Kept only while it is shown, since it may be large. */
export function wholePayload(cluster: string, place: RecordPlace, part: "key" | "value") {
  return queryOptions({
    queryKey: [...topicKey(cluster, place.topic), "payload", place.partition, place.offset, part],
    queryFn: ({ signal }) => readBytes(recordPath(cluster, place, part), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
