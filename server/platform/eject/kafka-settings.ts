import { join } from "node:path";
import type { EjectOptions } from "../../../lib/contracts/eject.ts";
import type { PlatformOptions } from "../../../lib/contracts/platform-options.ts";
import type { MetadataImage } from "../../broker/controller/image.ts";
import type { Members } from "../members.ts";
import {
  type BrokerPlace,
  brokerProperties,
  CONTROLLER_ID,
  controllerProperties,
  givenNames,
  SUITS_ONE_MACHINE,
} from "../node-properties.ts";

/** The settings files of an ejected cluster, by file name without `.properties`. */
export type KafkaSettings = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** What Apache Kafka's nodes are started with: as `odradek up` starts ours, with Kafka's own timeouts, and the new log directories of `places`. */
export function kafkaSettings(platform: PlatformOptions, to: string, places: readonly BrokerPlace[]): KafkaSettings {
  const given = givenNames(platform);
  const ofKafka = (properties: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(properties).filter(([name]) => !SUITS_ONE_MACHINE.has(name) || given.has(name)));
  const controller = join(to, "controller");
  return new Map([
    [
      "controller",
      { ...ofKafka(controllerProperties(platform)), "log.dirs": controller, "metadata.log.dir": controller },
    ],
    ...places.map((place): [string, Record<string, string>] => {
      const properties = ofKafka(brokerProperties(platform, place, platform.controllerPort));
      return [`broker-${place.nodeId}`, { ...properties, "log.dirs": place.logDirs.join(",") }];
    }),
  ]);
}

/** The platform's options for as many brokers as there are, with the ports that were given, or else those that the nodes last registered. */
export function asItRan({ platform, ports }: EjectOptions, image: MetadataImage, members: Members): PlatformOptions {
  const [broker] = [...image.brokers.values()].sort((one, other) => one.id - other.id);
  const registered = (listener: string): number | undefined => {
    const port = broker?.endpoints.find(({ name }) => name === listener)?.port;
    return port === undefined || broker === undefined ? undefined : port - members.placeOf(broker.id).portOffset;
  };
  return {
    ...platform,
    brokers: image.brokers.size,
    externalPort: ports.external ?? registered("EXTERNAL") ?? platform.externalPort,
    internalPort: ports.internal ?? registered("INTERNAL") ?? platform.internalPort,
    controllerPort:
      ports.controller ?? image.controllers.get(CONTROLLER_ID)?.endpoints[0]?.port ?? platform.controllerPort,
  };
}
