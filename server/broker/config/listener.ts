/** What runs below the Kafka protocol on a listener. */
export type SecurityProtocol = "PLAINTEXT" | "SSL" | "SASL_PLAINTEXT" | "SASL_SSL";

/** A listener as configured; an empty host is every interface. */
export type Listener = {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly securityProtocol: SecurityProtocol;
};

/** A controller of the quorum (controller.quorum.voters). */
export type Voter = { readonly id: number; readonly host: string; readonly port: number };

const PROTOCOLS: readonly SecurityProtocol[] = ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"];

/** The protocol's number in metadata records. */
export function securityProtocolId(protocol: SecurityProtocol): number {
  return PROTOCOLS.indexOf(protocol);
}

/** Reads listener.security.protocol.map; listener names are upper case. Text is what is wrong with it. */
export function parseProtocolMap(text: string): ReadonlyMap<string, SecurityProtocol> | string {
  const map = new Map<string, SecurityProtocol>();
  for (const entry of text.split(",").map((part) => part.trim())) {
    if (entry === "") continue;
    const colon = entry.lastIndexOf(":");
    const protocol = PROTOCOLS.find(
      (known) =>
        known ===
        entry
          .slice(colon + 1)
          .trim()
          .toUpperCase(),
    );
    if (colon <= 0) return `"${entry}" is not of the form NAME:PROTOCOL`;
    if (protocol === undefined)
      return `Invalid security protocol \`${entry.slice(colon + 1)}\` defined in listener.security.protocol.map`;
    map.set(entry.slice(0, colon).trim().toUpperCase(), protocol);
  }
  return map;
}

/** Reads `listeners` and its like: NAME://host:port; names must differ and have a protocol. Text is what is wrong. */
export function parseListeners(
  texts: readonly string[],
  protocols: ReadonlyMap<string, SecurityProtocol>,
): readonly Listener[] | string {
  const listeners: Listener[] = [];
  for (const text of texts) {
    const match = /^([^:/]+):\/\/(.*):(\d{1,5})$/.exec(text);
    const port = Number(match?.[3]);
    if (match === null || port > 65_535) return `Unable to parse ${text} to a broker endpoint; write NAME://host:port`;
    const name = (match[1] ?? "").toUpperCase();
    const securityProtocol =
      protocols.get(name) ?? PROTOCOLS.find((protocol) => protocols.size === 0 && protocol === name);
    if (securityProtocol === undefined)
      return `No security protocol defined for listener ${name}; add ${name}:PLAINTEXT to listener.security.protocol.map`;
    if (listeners.some((other) => other.name === name))
      return `Each listener must have a different name, listeners: [${texts.join(", ")}]`;
    listeners.push({ name, host: (match[2] ?? "").replace(/^\[(.*)\]$/, "$1"), port, securityProtocol });
  }
  return listeners;
}

/** Reads controller.quorum.voters: id@host:port. Text is what is wrong. */
export function parseVoters(texts: readonly string[]): readonly Voter[] | string {
  const voters: Voter[] = [];
  for (const text of texts) {
    const match = /^(\d{1,10})@(.+):(\d{1,5})$/.exec(text);
    if (match === null) return `Each entry should be in the form \`{id}@{host}:{port}\`, and "${text}" is not`;
    voters.push({ id: Number(match[1]), host: (match[2] ?? "").replace(/^\[(.*)\]$/, "$1"), port: Number(match[3]) });
  }
  return voters;
}
