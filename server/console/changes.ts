import { abortTransactionChange } from "./abort-transaction.ts";
import { addBrokerChange } from "./add-broker.ts";
import { addPartitionsChange } from "./add-partitions.ts";
import { alterTopicConfigsChange } from "./alter-topic-configs.ts";
import { cancelMovesChange } from "./cancel-moves.ts";
import { type StoredChange, storedChange } from "./change.ts";
import { changeBrokerConfigsChange } from "./change-broker-configs.ts";
import { changeQuotasChange } from "./change-quotas.ts";
import { changeThrottlesChange } from "./change-throttles.ts";
import { controlBrokerChange } from "./control-broker.ts";
import { controlJobChange } from "./control-job.ts";
import { copyTopicChange } from "./copy-topic.ts";
import { createTopicChange } from "./create-topic.ts";
import { deleteAlertRuleChange } from "./delete-alert-rule.ts";
import { deleteAlertTargetChange } from "./delete-alert-target.ts";
import { deleteGroupChange } from "./delete-group.ts";
import { deleteRecordsChange } from "./delete-records.ts";
import { deleteTopicsChange } from "./delete-topics.ts";
import { electLeadersChange } from "./elect-leaders.ts";
import { fenceProducerChange } from "./fence-producer.ts";
import { loadSampleDataChange } from "./load-sample-data.ts";
import { moveReplicaDirectoriesChange } from "./move-replica-directories.ts";
import { editTopicNotesChange } from "./topic-notes/edit-topic-notes.ts";
import { labelTopicsChange } from "./topic-notes/label-topics.ts";
import { produceMessageChange } from "./produce-message.ts";
import { reassignPartitionsChange } from "./reassign-partitions.ts";
import { recreateTopicChange } from "./recreate-topic.ts";
import { restoreTopicChange } from "./restore-topic.ts";
import { saveTopicChange } from "./save-topic.ts";
import { removeBrokerChange } from "./remove-broker.ts";
import { removeMemberChange } from "./remove-member.ts";
import { saveAlertRuleChange } from "./save-alert-rule.ts";
import { saveAlertTargetChange } from "./save-alert-target.ts";
import { setOffsetsChange } from "./set-offsets.ts";
import { silenceAlertRuleChange } from "./silence-alert-rule.ts";
import { skipRecordChange } from "./skip-record.ts";
import { testAlertTargetChange } from "./test-alert-target.ts";
import { unregisterBrokerChange } from "./unregister-broker.ts";
import { removeSavedSearchChange } from "./remove-saved-search.ts";
import { saveSearchChange } from "./save-search.ts";

/** Every kind of change there is, so that the journal can show and revert any entry. A new change adds its line here. */
const all: readonly StoredChange[] = [
  storedChange(abortTransactionChange),
  storedChange(addBrokerChange),
  storedChange(addPartitionsChange),
  storedChange(alterTopicConfigsChange),
  storedChange(cancelMovesChange),
  storedChange(changeBrokerConfigsChange),
  storedChange(changeQuotasChange),
  storedChange(changeThrottlesChange),
  storedChange(controlBrokerChange),
  storedChange(controlJobChange),
  storedChange(copyTopicChange),
  storedChange(createTopicChange),
  storedChange(deleteAlertRuleChange),
  storedChange(deleteAlertTargetChange),
  storedChange(deleteGroupChange),
  storedChange(deleteRecordsChange),
  storedChange(deleteTopicsChange),
  storedChange(electLeadersChange),
  storedChange(fenceProducerChange),
  storedChange(editTopicNotesChange),
  storedChange(labelTopicsChange),
  storedChange(loadSampleDataChange),
  storedChange(moveReplicaDirectoriesChange),
  storedChange(produceMessageChange),
  storedChange(reassignPartitionsChange),
  storedChange(recreateTopicChange),
  storedChange(restoreTopicChange),
  storedChange(saveTopicChange),
  storedChange(removeBrokerChange),
  storedChange(removeMemberChange),
  storedChange(saveAlertRuleChange),
  storedChange(saveAlertTargetChange),
  storedChange(setOffsetsChange),
  storedChange(silenceAlertRuleChange),
  storedChange(testAlertTargetChange),
  storedChange(unregisterBrokerChange),
  storedChange(removeSavedSearchChange),
  storedChange(saveSearchChange),
  storedChange(skipRecordChange),
];

/** Changes by their kind. */
export const changes: ReadonlyMap<string, StoredChange> = new Map(all.map((change) => [change.kind, change]));
