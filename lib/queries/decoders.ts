import { queryOptions } from "@tanstack/react-query";
import { ownDecoders as ownDecodersContract } from "@/lib/contracts/decoding";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** How often it is asked: a file may be put into the directory, or mended, at any time. */
const REFRESH_MS = 5_000;

/** The operator's own decoders, and which of their files are none. */
export function ownDecoders(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "decoders"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "decoders"), ownDecodersContract, { signal }),
    refetchInterval: REFRESH_MS,
  });
}
