import { type StoredChange, storedChange } from "./change.ts";
import { controlBrokerChange } from "./control-broker.ts";
import { controlJobChange } from "./control-job.ts";
import { createTopicChange } from "./create-topic.ts";
import { deleteTopicChange } from "./delete-topic.ts";
import { loadSampleDataChange } from "./load-sample-data.ts";
import { produceMessageChange } from "./produce-message.ts";

/** Every kind of change there is, so that the journal can show and revert any entry. A new change adds its line here. */
const all: readonly StoredChange[] = [
  storedChange(controlBrokerChange),
  storedChange(controlJobChange),
  storedChange(createTopicChange),
  storedChange(deleteTopicChange),
  storedChange(loadSampleDataChange),
  storedChange(produceMessageChange),
];

/** Changes by their kind. */
export const changes: ReadonlyMap<string, StoredChange> = new Map(all.map((change) => [change.kind, change]));
