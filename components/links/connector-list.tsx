import { connectorHealth, connectorUse, howKnown } from "@/components/links/connector-words";
import { LinkCode, LinkNote, LinkSection } from "@/components/links/link-section";
import { Badge } from "@/components/ui/badge";
import { Status } from "@/components/ui/status";
import type { LinkedConnector, TopicLinks } from "@/lib/contracts/topic-links";

/** The connectors that read a topic or write to it. */
export function ConnectorList({ connect }: { connect: TopicLinks["connect"] }) {
  if (connect === null)
    return (
      <LinkSection title="Connectors">
        <LinkNote>
          No Connect cluster is set. Start the console with <LinkCode>--connect URL</LinkCode>, or put{" "}
          <LinkCode>connect.url</LinkCode> into the file of <LinkCode>--command-config</LinkCode>.
        </LinkNote>
      </LinkSection>
    );
  const { urls, connectors } = connect;
  return (
    <LinkSection title="Connectors" place={urls.join(", ")}>
      {connectors === null ? (
        <LinkNote>Kafka Connect could not be read.</LinkNote>
      ) : connectors.length === 0 ? (
        <LinkNote>No connector names this topic, or was seen to use it.</LinkNote>
      ) : (
        <ul aria-label="Connectors of the topic">
          {connectors.map((connector) => (
            <Connector
              key={`${connector.connect} ${connector.name}`}
              connector={connector}
              isPlaced={urls.length > 1}
            />
          ))}
        </ul>
      )}
    </LinkSection>
  );
}

function Connector({ connector, isPlaced }: { connector: LinkedConnector; isPlaced: boolean }) {
  const { name, kind, connect, failure } = connector;
  const health = connectorHealth(connector);
  return (
    <li className="px-6 py-1.5 hover:bg-hover">
      <div className="flex min-h-6 items-center gap-3">
        <span className="flex min-w-0 flex-1 items-center gap-2">
          <span className="min-w-0 truncate font-mono text-mono font-medium">{name}</span>
          {kind !== null && <Badge>{kind}</Badge>}
        </span>
        <span className="w-44 shrink-0 truncate text-xs">{connectorUse(connector)}</span>
        <span className="w-52 shrink-0 truncate text-xs">
          <Status kind={health.kind}>{health.text}</Status>
        </span>
      </div>
      <p className="text-xs wrap-anywhere text-ink-faint">
        {howKnown(connector)}
        {isPlaced && <span className="font-mono"> · {connect}</span>}
      </p>
      {failure !== null && <p className="font-mono text-xs wrap-anywhere text-bad">{failure}</p>}
    </li>
  );
}
