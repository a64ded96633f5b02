import { join } from "node:path";
import type { EjectOptions } from "../../../lib/contracts/eject.ts";
import type { PlatformOptions } from "../../../lib/contracts/platform-options.ts";
import type { MetadataImage } from "../../broker/controller/image.ts";
import {
  brokerProperties,
  CONTROLLER_ID,
  controllerProperties,
  givenNames,
  SUITS_ONE_MACHINE,
} from "../node-properties.ts";

/** The settings files of an ejected cluster, by file name without `.properties`. */
export type KafkaSettings = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** What Apache Kafka's nodes are started with: as `odradek up` starts ours, with Kafka's own timeouts, and the new directories. */
export function kafkaSettings(
  platform: PlatformOptions,
  to: string,
  directories: ReadonlyMap<number, readonly string[]>,
): KafkaSettings {
  const given = givenNames(platform);
  const ofKafka = (properties: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(properties).filter(([name]) => !SUITS_ONE_MACHINE.has(name) || given.has(name)));
  const controller = join(to, "controller");
  return new Map([
    [
      "controller",
      { ...ofKafka(controllerProperties(platform)), "log.dirs": controller, "metadata.log.dir": controller },
    ],
    ...[...directories].map(([nodeId, names]): [string, Record<string, string>] => {
      const logDirs = names.map((name) => join(to, name)).join(",");
      const properties = ofKafka(brokerProperties(platform, nodeId, platform.controllerPort));
      return [`broker-${nodeId}`, { ...properties, "log.dirs": logDirs }];
    }),
  ]);
}

/** The platform's options for as many brokers as there are, with the ports that were given, or else those that the nodes last registered. */
export function asItRan({ platform, ports }: EjectOptions, image: MetadataImage): PlatformOptions {
  const [broker] = [...image.brokers.values()].sort((one, other) => one.id - other.id);
  const registered = (listener: string): number | undefined => {
    const port = broker?.endpoints.find(({ name }) => name === listener)?.port;
    return port === undefined || broker === undefined ? undefined : port - (broker.id - 1);
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
