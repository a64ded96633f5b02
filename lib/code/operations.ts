import { adminProgram } from "@/lib/code/admin-program";
import { javaAdminProgram, javaMap, javaText } from "@/lib/code/java-program";
import { SHOWN_MAX } from "@/lib/cli/reassignment";
import type { ElectLeadersInput, QuotaEntityInput } from "@/lib/contracts/operations";
import type { Assignment } from "@/lib/contracts/reassignment";

type Place = Pick<Assignment, "topic" | "partition">;
type Values = Readonly<Record<string, string | null>>;

/** The kafkajs program that moves replicas, all at once. Many are read from the file that the command reads too. */
export function reassignCode(bootstrap: readonly string[], assignments: readonly Assignment[]): string {
  if (assignments.length > SHOWN_MAX) return reassignFromFile(bootstrap, assignments.length);
  const byTopic = new Map<string, { partition: number; replicas: readonly number[] }[]>();
  for (const { topic, partition, replicas } of assignments)
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), { partition, replicas }]);
  const topics = [...byTopic].map(([topic, partitionAssignment]) => ({ topic, partitionAssignment }));
  return adminProgram(bootstrap, `await admin.alterPartitionReassignments(${JSON.stringify({ topics }, null, 2)});`);
}

function reassignFromFile(bootstrap: readonly string[], count: number): string {
  return adminProgram(
    bootstrap,
    `// reassignment.json is the file with these ${count} moves that the desk saves.
const topics = new Map();
for (const { topic, partition, replicas } of JSON.parse(readFileSync("reassignment.json", "utf8")).partitions) {
  if (!topics.has(topic)) topics.set(topic, { topic, partitionAssignment: [] });
  topics.get(topic).partitionAssignment.push({ partition, replicas });
}
await admin.alterPartitionReassignments({ topics: [...topics.values()] });`,
    ['import { readFileSync } from "node:fs";'],
  );
}

/** The Java program that takes back moves under way. */
export function cancelReassignmentCode(bootstrap: readonly string[], places: readonly Place[]): string {
  const entries = places.map((place) => [javaPartition(place), "Optional.<NewPartitionReassignment>empty()"] as const);
  return javaAdminProgram(bootstrap, `admin.alterPartitionReassignments(${javaMap(entries)}).all().get();`);
}

/** The Java program that elects leaders of partitions; of all that need one when none are named. */
export function electLeadersCode(
  bootstrap: readonly string[],
  { election, places }: { readonly election: ElectLeadersInput["election"]; readonly places: readonly Place[] },
): string {
  const named = places.length === 0 ? "null" : `Set.of(\n    ${places.map(javaPartition).join(",\n    ")}\n  )`;
  return javaAdminProgram(
    bootstrap,
    `admin.electLeaders(ElectionType.${election.toUpperCase()}, ${named}).partitions().get();`,
  );
}

/** What configs are of: a topic, or a broker; the name of all brokers is empty. */
export type ConfigOwner = { readonly type: "topic" | "broker"; readonly name: string };

/** The Java program that sets configs, and takes those of null back to what stands behind. In Java, because kafkajs has no IncrementalAlterConfigs (KIP-339): its call would reset every config that is not named. */
export function alterConfigsCode(
  bootstrap: readonly string[],
  changes: readonly { readonly owner: ConfigOwner; readonly values: Values }[],
): string {
  const entries = changes.map(({ owner, values }) => {
    const ops = Object.entries(values).map(
      ([name, value]) =>
        `      new AlterConfigOp(new ConfigEntry(${javaText(name)}, ${javaText(value ?? "")}), AlterConfigOp.OpType.${value === null ? "DELETE" : "SET"})`,
    );
    const resource = `new ConfigResource(ConfigResource.Type.${owner.type.toUpperCase()}, ${javaText(owner.name)})`;
    return [resource, `List.of(\n${ops.join(",\n")}\n    )`] as const;
  });
  return javaAdminProgram(bootstrap, `admin.incrementalAlterConfigs(${javaMap(entries)}).all().get();`);
}

/** The Java program that sets and removes the quotas of a user, a client id or an address. */
export function alterQuotasCode(
  bootstrap: readonly string[],
  entity: QuotaEntityInput,
  values: Readonly<Record<string, number | null>>,
): string {
  const named = (["user", "client-id", "ip"] as const).flatMap((type) => {
    const name = entity[type];
    if (name === undefined) return [];
    return [`entity.put(${javaText(type)}, ${name === null ? "null" : javaText(name)});`];
  });
  const ops = Object.entries(values).map(
    ([key, value]) =>
      `    new ClientQuotaAlteration.Op(${javaText(key)}, ${value === null ? "null" : String(value).includes(".") ? value : `${value}.0`})`,
  );
  return javaAdminProgram(
    bootstrap,
    [
      "var entity = new HashMap<String, String>(); // null is the default",
      ...named,
      `admin.alterClientQuotas(List.of(new ClientQuotaAlteration(new ClientQuotaEntity(entity), List.of(\n${ops.join(",\n")}\n  )))).all().get();`,
    ].join("\n  "),
  );
}

/** The Java program that moves replicas of a broker to another of its log directories. */
export function moveDirectoriesCode(
  bootstrap: readonly string[],
  { broker, places }: { readonly broker: number; readonly places: readonly (Place & { readonly path: string })[] },
): string {
  const entries = places.map(
    ({ topic, partition, path }) =>
      [`new TopicPartitionReplica(${javaText(topic)}, ${partition}, ${broker})`, javaText(path)] as const,
  );
  return javaAdminProgram(bootstrap, `admin.alterReplicaLogDirs(${javaMap(entries)}).all().get();`);
}

type OpenTransaction = Place & {
  readonly producerId: string;
  readonly producerEpoch: string;
  readonly coordinatorEpoch: string;
};

/** The Java program that aborts what a transaction left open in a partition. */
export function abortTransactionCode(bootstrap: readonly string[], open: OpenTransaction): string {
  const { producerId, producerEpoch, coordinatorEpoch } = open;
  return javaAdminProgram(
    bootstrap,
    `admin.abortTransaction(new AbortTransactionSpec(${javaPartition(open)}, ${producerId}L, (short) ${producerEpoch}, ${coordinatorEpoch})).all().get();`,
  );
}

/** The Java program that fences the producers of a transactional id. */
export function fenceProducerCode(bootstrap: readonly string[], transactionalId: string): string {
  return javaAdminProgram(bootstrap, `admin.fenceProducers(List.of(${javaText(transactionalId)})).all().get();`);
}

/** The Java program that forgets a broker's registration. */
export function unregisterBrokerCode(bootstrap: readonly string[], broker: number): string {
  return javaAdminProgram(bootstrap, `admin.unregisterBroker(${broker}).all().get();`);
}

function javaPartition({ topic, partition }: Place): string {
  return `new TopicPartition(${javaText(topic)}, ${partition})`;
}
