import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { currentActor } from "@/app/border/current-actor";
import { ProblemError } from "@/lib/problem";
import type { Result } from "@/lib/result";
import type { Actor } from "@/server/console/actor";
import { type ConsoleContext, consoleContext } from "@/server/console/context";

/** A read that a page makes before it is sent: its key in the browser's cache, and the use case that answers. */
export type Prefetch<Value> = {
  readonly queryKey: readonly unknown[];
  readonly read: (context: ConsoleContext, actor: Actor) => Promise<Result<Value>>;
  /** Reads that can be told only from what this one found. */
  next?(this: void, value: Value): readonly Prefetch<unknown>[];
};

/** A cluster that does not answer must not hold the page up: the browser then reads by itself. */
const patienceMs = 1_200;

/** Reads on the server what the components below ask for first, so that the page arrives with its data. Failures are left to the browser. */
export async function Prefetched({ reads, children }: { reads: readonly Prefetch<unknown>[]; children: ReactNode }) {
  const client = new QueryClient();
  const context = consoleContext();
  const actor = await currentActor();
  const make = async ({ queryKey, read, next }: Prefetch<unknown>): Promise<void> => {
    let following: readonly Prefetch<unknown>[] = [];
    await client.prefetchQuery({
      queryKey,
      networkMode: "always",
      retry: false,
      queryFn: async () => {
        const result = await read(context, actor);
        if (!result.ok) throw new ProblemError(result.problem);
        following = next?.(result.value) ?? [];
        return result.value;
      },
    });
    await Promise.all(following.map(make));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([Promise.all(reads.map(make)), patience]);
  clearTimeout(timer);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
