import { freePorts } from "./free-ports.ts";
import { type JavaService, startJavaService } from "./java-service.ts";
import { quickJvm } from "./kafka-tool.ts";
import { registryJar } from "./maven.ts";

/** A Schema Registry that speaks Confluent's API, with nothing in it. */
export type RunningRegistry = JavaService & {
  /** Adds a version to a subject. */
  register(subject: string, schema: string, schemaType: "AVRO" | "JSON" | "PROTOBUF"): Promise<void>;
  /** Sets what new versions of a subject must be. */
  setCompatibility(subject: string, level: string): Promise<void>;
};

/** Starts Apicurio Registry, which forgets all at its end. */
export async function startSchemaRegistry(): Promise<RunningRegistry> {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}/apis/ccompat/v7`;
  const listen = ["-Dquarkus.http.host=127.0.0.1", `-Dquarkus.http.port=${port}`];
  const service = await startJavaService([...quickJvm, ...listen, "-jar", await registryJar()], url, `${url}/subjects`);
  const send = async (method: "POST" | "PUT", path: string, body: object) => {
    const headers = { "content-type": "application/vnd.schemaregistry.v1+json" };
    const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The registry answered ${answer.status}: ${await answer.text()}`);
  };
  return {
    ...service,
    register: (subject, schema, schemaType) =>
      send("POST", `/subjects/${encodeURIComponent(subject)}/versions`, { schema, schemaType }),
    setCompatibility: (subject, compatibility) =>
      send("PUT", `/config/${encodeURIComponent(subject)}`, { compatibility }),
  };
}
