import type { BrokerConfig } from "../config/broker-config.ts";
import type { ConnectionBounds } from "./connection-limits.ts";

/** What the configs of a node say about the connections of a listener now. */
export function connectionBounds(config: BrokerConfig, listener: string): ConnectionBounds {
  const isBetweenBrokers = listener === config.interBrokerListenerName;
  const perAddressMax = config.get("max.connections.per.ip");
  const overrides = parseOverrides(config.get("max.connections.per.ip.overrides"));
  return {
    connectionsMax: isBetweenBrokers ? Infinity : config.get("max.connections"),
    listenerConnectionsMax: config.getForListener(listener, "max.connections"),
    perAddressMax: (address) => overrides.get(address) ?? perAddressMax,
    creationRate: config.getForListener(listener, "max.connection.creation.rate"),
  };
}

/** `host:count` by commas; an IPv6 address has colons of its own. */
function parseOverrides(text: string): ReadonlyMap<string, number> {
  const overrides = new Map<string, number>();
  for (const entry of text.split(",").filter((each) => each.trim() !== "")) {
    const colon = entry.lastIndexOf(":");
    overrides.set(entry.slice(0, colon).trim(), Number(entry.slice(colon + 1)));
  }
  return overrides;
}
