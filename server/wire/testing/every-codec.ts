import { apis } from "../apis/table.ts";
import type { Codec } from "../codec.ts";
import type { CoordinatorRecordType } from "../coordinator-record.ts";
import { ConsumerProtocolAssignment } from "../records/consumer/consumer-protocol-assignment.ts";
import { ConsumerProtocolSubscription } from "../records/consumer/consumer-protocol-subscription.ts";
import { groupRecordTypes } from "../records/group/table.ts";
import { metadataRecordTypes } from "../records/metadata/table.ts";
import { DefaultPrincipalData } from "../records/principal/default-principal-data.ts";
import { KRaftVersionRecord } from "../records/raft/kraft-version-record.ts";
import { LeaderChangeMessage } from "../records/raft/leader-change-message.ts";
import { QuorumStateData } from "../records/raft/quorum-state-data.ts";
import { SnapshotFooterRecord } from "../records/raft/snapshot-footer-record.ts";
import { SnapshotHeaderRecord } from "../records/raft/snapshot-header-record.ts";
import { VotersRecord } from "../records/raft/voters-record.ts";
import { shareRecordTypes } from "../records/share/table.ts";
import { EndTxnMarker } from "../records/transaction/end-txn-marker.ts";
import { transactionRecordTypes } from "../records/transaction/table.ts";
import { requestHeader } from "../request-header.ts";
import { responseHeader } from "../response-header.ts";

/** A codec whose types do not matter: it takes what its arbitrary draws. */
export type AnyCodec = Pick<
  Codec<unknown, unknown>,
  "name" | "versions" | "fields" | "encode" | "encodeToBuffer" | "decode" | "isFlexible"
>;

const pairTables: readonly ReadonlyMap<number, CoordinatorRecordType>[] = [
  groupRecordTypes,
  transactionRecordTypes,
  shareRecordTypes,
];

/** Every message that is declared: requests, responses, headers, records. */
export const everyCodec: readonly AnyCodec[] = [
  ...[...apis.values()].flatMap((api): AnyCodec[] => [api.request, api.response]),
  requestHeader,
  responseHeader,
  ...metadataRecordTypes.values(),
  ...pairTables.flatMap((table) => [...table.values()].flatMap(({ key, value }): AnyCodec[] => [key, value])),
  LeaderChangeMessage,
  SnapshotHeaderRecord,
  SnapshotFooterRecord,
  KRaftVersionRecord,
  VotersRecord,
  QuorumStateData,
  EndTxnMarker,
  ConsumerProtocolSubscription,
  ConsumerProtocolAssignment,
  DefaultPrincipalData,
];

/** Every message in each of its versions. */
export function everyVersion(): { codec: AnyCodec; version: number }[] {
  return everyCodec.flatMap((codec) => {
    const { min, max } = codec.versions;
    return Array.from({ length: max - min + 1 }, (_, index) => ({ codec, version: min + index }));
  });
}
