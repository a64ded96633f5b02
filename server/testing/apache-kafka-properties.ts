/** The SASL user every secured Apache Kafka of the tests knows. */
export const saslUser = { username: "alice", password: "alice-secret" } as const;

/** The password of the tests' key store. */
export const keyStorePassword = "changeit";

/** Where one node listens. */
export type NodePorts = {
  readonly plaintext: number;
  readonly sasl: number;
  readonly tls: number;
  readonly controller: number;
};

/** What the properties of one node are made of. Node 1 is broker and controller, the others are brokers. */
export type NodeFacts = {
  readonly nodeId: number;
  readonly ports: NodePorts;
  readonly controllerPort: number;
  readonly brokers: number;
  readonly logDirectory: string;
  readonly keyStore?: string | undefined;
  readonly overrides: Readonly<Record<string, string>>;
};

/** The content of a node's server.properties: KRaft with static voters, PLAINTEXT, SASL_PLAINTEXT and, given a key store, SSL. */
export function serverProperties(facts: NodeFacts): string {
  const properties = {
    ...clusterProperties(facts),
    ...saslProperties(),
    ...(facts.keyStore === undefined ? {} : tlsProperties(facts.keyStore)),
    ...facts.overrides,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

function clusterProperties({ nodeId, ports, controllerPort, brokers, logDirectory, keyStore }: NodeFacts) {
  const isController = nodeId === 1;
  const external = [`PLAINTEXT://127.0.0.1:${ports.plaintext}`, `SASL://127.0.0.1:${ports.sasl}`];
  if (keyStore !== undefined) external.push(`TLS://127.0.0.1:${ports.tls}`);
  const listeners = isController ? [...external, `CONTROLLER://127.0.0.1:${ports.controller}`] : external;
  const replicas = String(Math.min(3, brokers));
  return {
    "process.roles": isController ? "broker,controller" : "broker",
    "node.id": String(nodeId),
    "controller.quorum.voters": `1@127.0.0.1:${controllerPort}`,
    "controller.listener.names": "CONTROLLER",
    listeners: listeners.join(","),
    "advertised.listeners": external.join(","),
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,SASL:SASL_PLAINTEXT,TLS:SSL,CONTROLLER:PLAINTEXT",
    "inter.broker.listener.name": "PLAINTEXT",
    "log.dirs": logDirectory,
    "offsets.topic.num.partitions": "5",
    "offsets.topic.replication.factor": replicas,
    "transaction.state.log.num.partitions": "5",
    "transaction.state.log.replication.factor": replicas,
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.replication.factor": replicas,
    "share.coordinator.state.topic.min.isr": "1",
    "group.initial.rebalance.delay.ms": "0",
  };
}

function saslProperties() {
  const { username, password } = saslUser;
  const scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
  return {
    "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
    "listener.name.sasl.plain.sasl.jaas.config": `org.apache.kafka.common.security.plain.PlainLoginModule required user_${username}="${password}";`,
    "listener.name.sasl.scram-sha-256.sasl.jaas.config": scram,
    "listener.name.sasl.scram-sha-512.sasl.jaas.config": scram,
  };
}

function tlsProperties(keyStore: string) {
  return {
    "ssl.keystore.type": "PKCS12",
    "ssl.keystore.location": keyStore,
    "ssl.keystore.password": keyStorePassword,
  };
}
