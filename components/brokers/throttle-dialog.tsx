"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ThrottleRates } from "@/components/brokers/throttle-rates";
import {
  type BrokerRates,
  changedRates,
  heldBrokers,
  isRate,
  movedReplicas,
  ratesOf,
} from "@/components/brokers/throttle-words";
import { useAskForChange } from "@/components/changes/change-context";
import { ProblemNote } from "@/components/feedback/problem-note";
import { useCluster } from "@/components/live/live-provider";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ThrottleList } from "@/lib/contracts/operations";
import { formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { throttleList } from "@/lib/queries/operations";
import { activeMoveList } from "@/lib/queries/reassignment";

const none = { leader: null, follower: null };
/** Shows the replication throttles that are set, sets one rate, or removes all. */
export function ThrottleDialog({ onClose }: { onClose: () => void }) {
  const cluster = useCluster();
  const query = useQuery({ ...throttleList(cluster), staleTime: 0 });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Replication throttle"
        description="Holds back the copying of replicas that are moved, so that clients keep their share of network and disks."
      >
        {query.data && query.isFetchedAfterMount ? (
          <Editor throttles={query.data} onClose={onClose} />
        ) : (
          <div className="px-5 pb-4">
            {query.error ? (
              <ProblemNote problem={problemOf(query.error)} />
            ) : (
              <span className="h-3 w-1/2 skeleton after-a-moment" />
            )}
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}

function Editor({ throttles, onClose }: { throttles: ThrottleList; onClose: () => void }) {
  const change = useAskForChange();
  const moves = useQuery(activeMoveList(useCluster())).data?.moves ?? [];
  const [rates, setRates] = useState(() => ratesOf(throttles));
  const held = heldBrokers(throttles.brokers, moves);
  const all = alike(held.flatMap((id) => rates[id] ?? []));
  const isWrong = Object.values(rates).some((own) => !Object.values(own).every(isRate));
  const changed = isWrong ? {} : changedRates(throttles.brokers, rates);
  const ask = (input: Record<string, unknown>, confirm: string) => {
    onClose();
    change({
      kind: "change-throttles",
      input,
      title: `${confirm}?`,
      confirm,
      pending: "Changing…",
      hasDiff: true,
    });
  };
  const topics = Object.keys(throttles.topics);
  const isSet =
    topics.length > 0 ||
    Object.values(throttles.brokers).some((own) => Object.values(own).some((rate) => rate !== null));
  return (
    <>
      <div className="min-h-0 space-y-4 overflow-auto px-5 pb-4">
        <Field
          label="MB/s that each broker sends and takes for throttled replicas"
          help={heldInWords(moves.length, topics)}
          error={isWrong ? "Write numbers above 0, or nothing for no throttle." : undefined}
        >
          {(control) => (
            <Input
              {...control}
              value={all ?? ""}
              placeholder={all === undefined ? "they differ" : "none"}
              onChange={({ target: { value } }) =>
                setRates((before) => ({
                  ...before,
                  ...Object.fromEntries(
                    held.flatMap((id) => (before[id] ? [[id, { ...before[id], leader: value, follower: value }]] : [])),
                  ),
                }))
              }
              inputMode="decimal"
              className="w-40"
            />
          )}
        </Field>
        <ThrottleRates rates={rates} onChange={setRates} />
      </div>
      <DialogFooter>
        <Button
          disabled={!isSet}
          onClick={() =>
            ask(
              {
                brokers: Object.fromEntries(
                  Object.entries(throttles.brokers).map(([id, { directories = null }]) => [
                    id,
                    directories === null ? none : { ...none, directories: null },
                  ]),
                ),
                topics: Object.fromEntries(topics.map((name) => [name, none])),
              },
              "Remove the throttle",
            )
          }
        >
          Remove…
        </Button>
        <span className="flex-1" />
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button
          variant="primary"
          disabled={Object.keys(changed).length === 0}
          onClick={() => ask({ brokers: changed, topics: movedReplicas(moves) }, "Set the throttle")}
        >
          Review…
        </Button>
      </DialogFooter>
    </>
  );
}

/** The rate that these have in both directions; undefined where they differ. */
function alike(rates: readonly BrokerRates[string][]): string | undefined {
  const written = new Set(rates.flatMap(({ leader, follower }) => [leader, follower]));
  const [only] = written;
  return written.size === 1 ? only : undefined;
}

function heldInWords(moves: number, topics: readonly string[]): string {
  const named =
    topics.length === 0
      ? ""
      : ` ${formatNumberOf(topics.length, "topic")} ${topics.length === 1 ? "names" : "name"} replicas already.`;
  return moves > 0
    ? `It will hold for the ${formatNumberOf(moves, "partition")} that ${moves === 1 ? "is" : "are"} moved now.${named}`
    : `No partition is moved now: it holds for replicas that a topic’s config names.${named}`;
}
