"use client";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ChangeDialog } from "@/components/changes/change-dialog";
import { usePlannedChange } from "@/components/changes/use-planned-change";
import { useCluster } from "@/components/live/live-provider";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSettled } from "@/components/ui/use-settled";
import { topicDetail } from "@/lib/queries/topics";

/** Grows a topic: how many partitions in all, and what that does to messages with keys and to those who read. */
export function AddPartitionsDialog({ topic, onClose }: { topic: string; onClose: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const detail = useQuery(topicDetail(useCluster(), topic));
  const now = detail.data?.partitionCount;
  const [text, setText] = useState("");
  const count = /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : undefined;
  const isMore = count !== undefined && now !== undefined && count > now;
  const written = isMore ? count : undefined;
  const settled = useSettled(written);
  const { plan, mutation } = usePlannedChange(
    "add-partitions",
    settled === undefined ? null : { topic, count: settled },
    onClose,
  );
  const error =
    text.trim() === "" || now === undefined || isMore
      ? undefined
      : count === undefined
        ? "A whole number."
        : `It has ${now} now: partitions can only become more.`;
  return (
    <ChangeDialog
      title={
        <>
          Add partitions to <span className="font-mono">{topic}</span>
        </>
      }
      plan={plan}
      mutation={mutation}
      confirm="Add partitions"
      pending="Adding…"
      isUnsettled={settled !== written}
      focus={input}
      onClose={onClose}
      form={
        <Field label="Partitions in all" note={now === undefined ? undefined : `${now} now`} error={error}>
          {(control) => (
            <Input
              {...control}
              ref={input}
              inputMode="numeric"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      }
    />
  );
}
