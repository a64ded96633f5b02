"use client";
import { useEffect, useEffectEvent, useId } from "react";
import { useStream } from "@/components/live/live-provider";
import type { StreamEvent, Subscription } from "@/lib/contracts/stream";
import { messagesEvent } from "@/lib/contracts/stream-messages";

const read = (raw: unknown) => messagesEvent.safeParse(raw).data;

type Follow = Omit<Extract<Subscription, { channel: "messages" }>, "id" | "channel">;

/** Listens to new records while `follow` is given; a new value of it starts anew. */
export function useFollow(follow: Follow | null, onEvent: (event: StreamEvent) => void): void {
  const stream = useStream();
  const id = useId();
  const receive = useEffectEvent(onEvent);
  const wanted = follow === null ? null : JSON.stringify(follow);
  useEffect(() => {
    if (wanted === null) return undefined;
    const subscription: Follow = JSON.parse(wanted);
    return stream.listen({ channel: "messages", id: `follow${id}`, ...subscription }, (event) => receive(event), read);
  }, [stream, id, wanted]);
}
