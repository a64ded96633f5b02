/** The command that stops or starts a broker of the bundled cluster. */
export function controlBrokerCommand(command: "stop" | "start", broker: number): string {
  return `odradek brokers ${command} ${broker}`;
}

/** The command that lists who is connected to a broker of the bundled cluster. */
export function listConnectionsCommand(broker: number): string {
  return `odradek brokers connections ${broker}`;
}

/** The command that brings one more broker into the bundled cluster. */
export function addBrokerCommand(): string {
  return "odradek brokers add";
}

/** The command that empties a broker of the bundled cluster and takes it out for good. */
export function removeBrokerCommand(broker: number): string {
  return `odradek brokers remove ${broker} --drain`;
}
