import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "./free-ports.ts";
import { type JavaService, startJavaService } from "./java-service.ts";
import { quickJvm } from "./kafka-tool.ts";
import { connectClasspath } from "./maven.ts";

/** Apache Kafka Connect with its file connectors. */
export type KafkaConnect = JavaService & {
  /** Makes a connector, or gives it another config. */
  put(name: string, config: Readonly<Record<string, string>>): Promise<void>;
};

/** Starts one worker of Apache Kafka Connect 4.2 alone, for a cluster without login; on a free port when none is given. */
export async function startKafkaConnect(bootstrap: string, ownPort?: number): Promise<KafkaConnect> {
  const directory = mkdtempSync(join(tmpdir(), "kafka-connect-"));
  const port = ownPort ?? (await freePorts(1))[0];
  const url = `http://127.0.0.1:${port}`;
  const converter = "org.apache.kafka.connect.storage.StringConverter";
  const worker = {
    "bootstrap.servers": bootstrap,
    "key.converter": converter,
    "value.converter": converter,
    "offset.storage.file.filename": join(directory, "offsets"),
    "offset.flush.interval.ms": "1000",
    listeners: url,
  };
  const file = join(directory, "worker.properties");
  writeFileSync(
    file,
    Object.entries(worker)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(""),
  );
  const classes = ["-cp", await connectClasspath(), "org.apache.kafka.connect.cli.ConnectStandalone", file];
  const service = await startJavaService([...quickJvm, ...classes], url, `${url}/connectors`);
  return {
    ...service,
    async put(name, config) {
      const answer = await fetch(`${url}/connectors/${encodeURIComponent(name)}/config`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(config),
      });
      if (!answer.ok) throw new Error(`Connect answered ${answer.status}: ${await answer.text()}`);
    },
    async stop() {
      await service.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
