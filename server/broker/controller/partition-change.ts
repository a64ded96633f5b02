import { PartitionChangeRecord } from "../../wire/records/metadata/partition-change-record.ts";
import type { RecordInput } from "../../wire/record-type.ts";
import { DirectoryId } from "./directory-id.ts";
import { NO_LEADER, type PartitionImage } from "./image.ts";
import { newRecord, type NewMetadataRecord } from "./new-record.ts";
import { completed, type Assignment } from "./reassignment.ts";

/** Which replica may lead: online = one that is surely whole; preferred = the first one, if it is; unclean = any that lives, if need be. */
export type Election = "online" | "preferred" | "unclean";

/** What a change of a partition starts from. */
export type PartitionChange = {
  readonly topicId: string;
  readonly partition: PartitionImage;
  /** In-sync replicas after the change, before an election has its say; the present ones when absent. */
  readonly isr?: readonly number[];
  /** Other replicas than the present ones, and the directory of one that is new (KIP-455). */
  readonly assignment?: Assignment & { readonly directoryOf: (broker: number) => string };
  /** Whether a broker may lead now: registered, unfenced, not shutting down, or about to be so; and the directory of its replica is online. */
  readonly mayLead: (broker: number, directory: string | undefined) => boolean;
  readonly election: Election;
  readonly minInsyncReplicas: number;
  /** Whether eligible.leader.replicas.version is finalised (KIP-966). */
  readonly elrEnabled: boolean;
  /** A broker that came back without having stopped in order: what it had in its page cache may be lost. */
  readonly uncleanReplica?: number;
  /** Set by the leader through AlterPartition once it has recovered. */
  readonly leaderRecoveryState?: number;
};

const RECOVERING = 1;

type Target = { readonly assignment: Assignment; isr: readonly number[]; elr: readonly number[] };
type Elected = { readonly leader: number; readonly unclean: boolean };
type ChangeInput = {
  -readonly [K in keyof RecordInput<typeof PartitionChangeRecord>]: RecordInput<typeof PartitionChangeRecord>[K];
};

/**
 * The record that brings a partition from its state to the one wanted, with the election that follows from it and the end of a reassignment whose new
 * replicas are all in sync (Kafka's PartitionChangeBuilder); undefined when nothing changes.
 */
export function changePartition(change: PartitionChange): NewMetadataRecord | undefined {
  const { partition, elrEnabled } = change;
  const target = targetOf(change);
  const elected = elect(change, target);
  const record: ChangeInput = {};
  if (elected.leader !== partition.leader) {
    record.leader = elected.leader;
    if (elected.unclean) {
      // The leader may lack records that the others had: whoever follows must start over from it.
      target.isr = [elected.leader];
      if (partition.leaderRecoveryState !== RECOVERING) record.leaderRecoveryState = RECOVERING;
    } else if (elected.leader !== NO_LEADER && !target.isr.includes(elected.leader)) {
      target.isr = [elected.leader];
      target.elr = target.elr.filter((replica) => replica !== elected.leader);
    }
    if (target.isr.length >= minIsr(change, target.assignment)) target.elr = [];
  } else if (partition.replicas.some((replica) => !target.assignment.replicas.includes(replica))) {
    // Who is no longer a replica must not be taken for one: a new leader epoch ends what it has on its way.
    record.leader = partition.leader;
  }
  noteAssignment(record, change, target.assignment);
  if (!same(target.isr, partition.isr) && (target.isr.length > 0 || elrEnabled)) record.isr = target.isr;
  if (elrEnabled && !same(target.elr, partition.eligibleLeaderReplicas)) record.eligibleLeaderReplicas = target.elr;
  if (elrEnabled) noteLastKnownLeader(record, partition);
  if (change.leaderRecoveryState !== undefined && change.leaderRecoveryState !== partition.leaderRecoveryState)
    record.leaderRecoveryState ??= change.leaderRecoveryState;
  if (Object.keys(record).length === 0) return undefined;
  return newRecord(PartitionChangeRecord, { topicId: change.topicId, partitionId: partition.partition, ...record });
}

/** Replicas, in-sync and eligible ones before the election: who leaves the in-sync ones below min.insync.replicas stays eligible. */
function targetOf(change: PartitionChange): Target {
  const { partition, uncleanReplica } = change;
  const wanted = { assignment: change.assignment ?? partition, isr: change.isr ?? partition.isr };
  const { assignment, isr } = completed(wanted.assignment, wanted.isr) ?? wanted;
  if (!change.elrEnabled || isr.length >= minIsr(change, assignment)) return { assignment, isr, elr: [] };
  const candidates = new Set([...partition.eligibleLeaderReplicas, ...partition.isr]);
  const elr = [...candidates].filter(
    (replica) => !isr.includes(replica) && replica !== uncleanReplica && assignment.replicas.includes(replica),
  );
  return { assignment, isr, elr };
}

/** min.insync.replicas counts at most the replicas there are. */
function minIsr({ minInsyncReplicas }: PartitionChange, { replicas }: Assignment): number {
  return Math.min(minInsyncReplicas, replicas.length);
}

function noteAssignment(record: ChangeInput, change: PartitionChange, target: Assignment): void {
  const { partition } = change;
  if (!same(target.replicas, partition.replicas)) {
    const present = new Map(partition.replicas.map((replica, index) => [replica, partition.directories[index]]));
    record.replicas = target.replicas;
    record.directories = target.replicas.map(
      (replica) => present.get(replica) ?? change.assignment?.directoryOf(replica) ?? DirectoryId.unassigned,
    );
  }
  if (!same(target.removingReplicas, partition.removingReplicas)) record.removingReplicas = target.removingReplicas;
  if (!same(target.addingReplicas, partition.addingReplicas)) record.addingReplicas = target.addingReplicas;
}

function elect(change: PartitionChange, target: Target): Elected {
  const { partition, election } = change;
  const mayLead = (replica: number): boolean =>
    change.mayLead(replica, partition.directories[partition.replicas.indexOf(replica)]);
  const { replicas } = target.assignment;
  const isWhole = (replica: number): boolean =>
    (target.isr.includes(replica) || (target.isr.length === 0 && target.elr.includes(replica))) && mayLead(replica);
  const [preferred] = replicas;
  if (election === "preferred" && preferred !== undefined && isWhole(preferred))
    return { leader: preferred, unclean: false };
  if (isWhole(partition.leader)) return { leader: partition.leader, unclean: false };
  const whole = replicas.find(isWhole);
  if (whole !== undefined) return { leader: whole, unclean: false };
  const [lastKnown] = partition.lastKnownElr;
  const isLastHope =
    change.elrEnabled && target.isr.length === 0 && target.elr.length === 0 && partition.lastKnownElr.length === 1;
  if (isLastHope && lastKnown !== undefined && mayLead(lastKnown)) return { leader: lastKnown, unclean: true };
  const alive = election === "unclean" ? replicas.find(mayLead) : undefined;
  return alive === undefined ? { leader: NO_LEADER, unclean: false } : { leader: alive, unclean: true };
}

/** The last leader is remembered when nobody is left, and forgotten when there is one again (KIP-966, balanced recovery). */
function noteLastKnownLeader(record: ChangeInput, partition: PartitionImage): void {
  const becomesEmpty = record.isr?.length === 0;
  if (becomesEmpty && !(partition.lastKnownElr.length === 1 && partition.lastKnownElr[0] === partition.leader)) {
    if (partition.leader !== NO_LEADER) record.lastKnownElr = [partition.leader];
    return;
  }
  const leader = record.leader ?? partition.leader;
  if (leader !== NO_LEADER && partition.lastKnownElr.length > 0) record.lastKnownElr = [];
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
