"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAskForChange } from "@/components/changes/change-context";
import { ProblemNote } from "@/components/feedback/problem-note";
import { useCluster } from "@/components/live/live-provider";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActiveMove } from "@/lib/contracts/reassignment";
import type { ThrottleList } from "@/lib/contracts/operations";
import { formatBytes, formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { throttleList } from "@/lib/queries/operations";
import { activeMoveList } from "@/lib/queries/reassignment";

const none = { leader: null, follower: null };
const megabyte = 1_000_000;

/** The lists of replicas that a throttle holds for: those that are moved now. */
function topicsOf(moves: readonly ActiveMove[]) {
  const topics = new Map<string, { leader: string; follower: string }>();
  for (const { topic, partition, replicas, adding } of moves) {
    const own = topics.get(topic) ?? { leader: "", follower: "" };
    const join = (list: string, ids: readonly number[]) =>
      [...(list === "" ? [] : [list]), ...ids.map((id) => `${partition}:${id}`)].join(",");
    topics.set(topic, {
      leader: join(
        own.leader,
        replicas.filter((id) => !adding.includes(id)),
      ),
      follower: join(own.follower, adding),
    });
  }
  return Object.fromEntries(topics);
}

/** The brokers that one rate is set on: those that have one or take part in a move, so that what ends the moves finds them; else all. */
function brokersOf({ brokers }: ThrottleList, moves: readonly ActiveMove[]): readonly string[] {
  const moving = new Set(moves.flatMap(({ replicas, adding }) => [...replicas, ...adding].map(String)));
  const own = Object.entries(brokers).flatMap(([id, { leader, follower }]) =>
    leader !== null || follower !== null || moving.has(id) ? [id] : [],
  );
  return own.length > 0 ? own : Object.keys(brokers);
}

/** Shows the replication throttles that are set, sets one rate, or removes all. */
export function ThrottleDialog({ onClose }: { onClose: () => void }) {
  const cluster = useCluster();
  const query = useQuery({ ...throttleList(cluster), staleTime: 0 });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Replication throttle"
        description="Holds back the copying of replicas that are moved, so that clients keep their share of the network."
      >
        {query.data ? (
          <Editor key={query.dataUpdatedAt} throttles={query.data} onClose={onClose} />
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
  const rates = Object.values(throttles.brokers).flatMap(({ leader, follower }) =>
    [leader, follower].filter((rate) => rate !== null),
  );
  const [typed, setTyped] = useState(rates[0] === undefined ? "" : String(Number(rates[0]) / megabyte));
  const wanted = Number(typed);
  const isWrong = typed.trim() !== "" && !(wanted > 0);
  const isSet = rates.length > 0 || Object.keys(throttles.topics).length > 0;
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
  return (
    <>
      <div className="min-h-0 space-y-4 overflow-auto px-5 pb-4">
        <p className="text-sm">
          {isSet
            ? `Set on ${formatNumberOf(Object.values(throttles.brokers).filter(({ leader, follower }) => leader !== null || follower !== null).length, "broker")} (${[...new Set(rates)].map((rate) => `${formatBytes(Number(rate))}/s`).join(", ") || "no rate"}) and ${formatNumberOf(Object.keys(throttles.topics).length, "topic")}.`
            : "No broker and no topic has one."}
        </p>
        <Field
          label="MB/s that each broker sends and takes for throttled replicas"
          help={
            moves.length > 0
              ? `It holds for the ${formatNumberOf(moves.length, "partition")} that are moved now.`
              : "No partition is moved now: it holds for replicas that a topic's config names."
          }
          error={isWrong ? "Write a number above 0." : undefined}
        >
          {(control) => (
            <Input
              {...control}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              inputMode="decimal"
              className="w-40"
            />
          )}
        </Field>
      </div>
      <DialogFooter>
        <Button
          disabled={!isSet}
          onClick={() =>
            ask(
              {
                brokers: Object.fromEntries(Object.keys(throttles.brokers).map((id) => [id, none])),
                topics: Object.fromEntries(Object.keys(throttles.topics).map((name) => [name, none])),
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
          disabled={isWrong || typed.trim() === ""}
          onClick={() => {
            const rate = String(Math.max(1, Math.round(wanted * megabyte)));
            ask(
              {
                brokers: Object.fromEntries(
                  brokersOf(throttles, moves).map((id) => [id, { leader: rate, follower: rate }]),
                ),
                topics: topicsOf(moves),
              },
              "Set the throttle",
            );
          }}
        >
          Review…
        </Button>
      </DialogFooter>
    </>
  );
}
