import { addPartitionsChange } from "./add-partitions.ts";
import { alterTopicConfigsChange } from "./alter-topic-configs.ts";
import { controlBrokerChange } from "./control-broker.ts";
import { controlJobChange } from "./control-job.ts";
import { createTopicChange } from "./create-topic.ts";
import { deleteAlertRuleChange } from "./delete-alert-rule.ts";
import { deleteAlertTargetChange } from "./delete-alert-target.ts";
import { deleteGroupChange } from "./delete-group.ts";
import { deleteRecordsChange } from "./delete-records.ts";
import { deleteTopicsChange } from "./delete-topics.ts";
import { loadSampleDataChange } from "./load-sample-data.ts";
import { produceMessageChange } from "./produce-message.ts";
import { recreateTopicChange } from "./recreate-topic.ts";
import { removeMemberChange } from "./remove-member.ts";
import { saveAlertRuleChange } from "./save-alert-rule.ts";
import { saveAlertTargetChange } from "./save-alert-target.ts";
import { setOffsetsChange } from "./set-offsets.ts";
import { silenceAlertRuleChange } from "./silence-alert-rule.ts";
import { testAlertTargetChange } from "./test-alert-target.ts";
import { type StoredChange, storedChange } from "./change.ts";

/** Every kind of change there is, so that the journal can show and revert any entry. A new change adds its line here. */
const all: readonly StoredChange[] = [
  storedChange(addPartitionsChange),
  storedChange(alterTopicConfigsChange),
  storedChange(controlBrokerChange),
  storedChange(controlJobChange),
  storedChange(createTopicChange),
  storedChange(deleteAlertRuleChange),
  storedChange(deleteAlertTargetChange),
  storedChange(deleteGroupChange),
  storedChange(deleteRecordsChange),
  storedChange(deleteTopicsChange),
  storedChange(loadSampleDataChange),
  storedChange(produceMessageChange),
  storedChange(recreateTopicChange),
  storedChange(removeMemberChange),
  storedChange(saveAlertRuleChange),
  storedChange(saveAlertTargetChange),
  storedChange(setOffsetsChange),
  storedChange(silenceAlertRuleChange),
  storedChange(testAlertTargetChange),
];

/** Changes by their kind. */
export const changes: ReadonlyMap<string, StoredChange> = new Map(all.map((change) => [change.kind, change]));
