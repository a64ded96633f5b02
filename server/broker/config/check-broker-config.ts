import type { BrokerConfig } from "./broker-config.ts";
import type { ConfigProblem } from "./config-texts.ts";
import { parseListeners, parseProtocolMap, parseVoters } from "./listener.ts";

/** What cannot stand beside each other in one node's settings (KafkaConfig.validateValues), each by the name that must change. */
export function checkBrokerConfig(config: BrokerConfig): readonly ConfigProblem[] {
  return [...checkListeners(config), ...checkQuorum(config), ...checkNumbers(config)];
}

function checkListeners(config: BrokerConfig): readonly ConfigProblem[] {
  const protocols = parseProtocolMap(config.get("listener.security.protocol.map"));
  if (typeof protocols === "string") return [{ name: "listener.security.protocol.map", message: protocols }];
  const listeners = parseListeners(config.get("listeners"), protocols);
  if (typeof listeners === "string") return [{ name: "listeners", message: listeners }];
  if (listeners.length === 0) return [{ name: "listeners", message: "Configuration 'listeners' must not be empty" }];
  const problems: ConfigProblem[] = [];
  const advertised = parseListeners(config.get("advertised.listeners") ?? [], protocols);
  if (typeof advertised === "string") problems.push({ name: "advertised.listeners", message: advertised });
  else {
    for (const { name, host } of advertised) {
      if (host === "0.0.0.0" || host === "::")
        problems.push({
          name: "advertised.listeners",
          message: `advertised.listeners cannot use the nonroutable meta-address ${host}. Use a routable IP address.`,
        });
      if (!listeners.some((listener) => listener.name === name))
        problems.push({ name: "advertised.listeners", message: `${name} is not one of the listeners` });
    }
  }
  const names = listeners.map((listener) => listener.name);
  const controllers = config.get("controller.listener.names").map((name) => name.toUpperCase());
  const roles = config.get("process.roles");
  if (roles.includes("broker") && !roles.includes("controller") && controllers.some((name) => names.includes(name)))
    problems.push({
      name: "listeners",
      message:
        "controller.listener.names must not contain a value appearing in the 'listeners' configuration when running KRaft with just the broker role",
    });
  const interBroker = config.interBrokerListenerName;
  if (roles.includes("broker") && !names.includes(interBroker))
    problems.push({
      name: "inter.broker.listener.name",
      message: `${interBroker} is not one of the listeners (${names.join(", ")}): name the one over which brokers talk to each other`,
    });
  return problems;
}

function checkQuorum(config: BrokerConfig): readonly ConfigProblem[] {
  const voters = parseVoters(config.get("controller.quorum.voters"));
  return typeof voters === "string" ? [{ name: "controller.quorum.voters", message: voters }] : [];
}

function checkNumbers(config: BrokerConfig): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const demand = (holds: boolean, name: string, message: string): void => {
    if (!holds) problems.push({ name, message });
  };
  const retentionMs = config.get("log.retention.ms");
  demand(
    retentionMs === null || retentionMs >= 1 || retentionMs === -1,
    "log.retention.ms",
    "log.retention.ms must be unlimited (-1) or, greater than or equal to 1",
  );
  demand(config.logDirs.length > 0, "log.dirs", "At least one log directory must be defined via log.dirs or log.dir.");
  demand(
    config.get("replica.fetch.wait.max.ms") <= config.get("replica.lag.time.max.ms"),
    "replica.fetch.wait.max.ms",
    "replica.fetch.wait.max.ms should always be less than or equal to replica.lag.time.max.ms to prevent frequent changes in ISR",
  );
  demand(
    config.get("group.min.session.timeout.ms") < config.get("group.max.session.timeout.ms"),
    "group.max.session.timeout.ms",
    "group.max.session.timeout.ms must be greater than group.min.session.timeout.ms",
  );
  demand(
    config.get("broker.heartbeat.interval.ms") < config.get("broker.session.timeout.ms"),
    "broker.heartbeat.interval.ms",
    "broker.heartbeat.interval.ms must be less than broker.session.timeout.ms, or the broker is fenced between two heartbeats",
  );
  demand(config.nodeId >= 0, "node.id", "Missing required configuration `node.id`");
  return problems;
}
