import * as z from "zod";
import { getJson, type Service } from "./get-json.ts";
import type { ServiceAccess } from "./service-settings.ts";

const subjectNames = z.array(z.string());
const schemaVersion = z.object({
  version: z.number(),
  id: z.number(),
  schema: z.string(),
  /** Left out for Avro. */
  schemaType: z.string().optional(),
});
const compatibility = z.object({ compatibilityLevel: z.string() });

/** The newest version of a subject. */
export type LatestSchema = z.infer<typeof schemaVersion>;

/** A Schema Registry with Confluent's API. All throw ProblemError. */
export class SchemaRegistry {
  readonly url: string;
  private readonly service: Service;

  constructor(access: ServiceAccess) {
    this.service = { name: "Schema Registry", access };
    this.url = access.urls.join(",");
  }

  /** Names of subjects; of those that begin so at least, where the registry knows how to choose. */
  async subjects(prefix: string, signal: AbortSignal): Promise<readonly string[]> {
    const path = `/subjects${prefix === "" ? "" : `?subjectPrefix=${encodeURIComponent(prefix)}`}`;
    return (await getJson(this.service, { path, signal }, subjectNames)) ?? [];
  }

  /** Undefined when the subject is gone. */
  latest(subject: string, signal: AbortSignal): Promise<LatestSchema | undefined> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions/latest`;
    return getJson(this.service, { path, signal, absent: [404] }, schemaVersion);
  }

  /** What a new version of the subject must be: its own level, else the registry's. */
  async compatibility(subject: string, signal: AbortSignal): Promise<string | undefined> {
    const path = `/config/${encodeURIComponent(subject)}?defaultToGlobal=true`;
    const own = await getJson(this.service, { path, signal, absent: [404] }, compatibility);
    // Registries that do not know defaultToGlobal answer 404 where a subject has no level of its own.
    const level = own ?? (await getJson(this.service, { path: "/config", signal, absent: [404] }, compatibility));
    return level?.compatibilityLevel;
  }
}
