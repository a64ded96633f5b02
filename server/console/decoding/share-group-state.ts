import { coordinatorTopic } from "./coordinator-topic.ts";

/** `__share_group_state`: what share groups have taken and acknowledged (KIP-932). */
export const shareGroupState = coordinatorTopic(
  { name: "share-group-state", topic: "__share_group_state", inWords: () => undefined },
  "share",
);
