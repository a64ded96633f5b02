/** A text as Java writes it. */
export function javaText(text: string): string {
  return JSON.stringify(text);
}

/** "Map.of(…)" of entries as Java writes keys and values, one a line; more than ten need Map.ofEntries. */
export function javaMap(entries: readonly (readonly [key: string, value: string])[]): string {
  const isLong = entries.length > 10;
  const lines = entries.map(([key, value]) => (isLong ? `    Map.entry(${key}, ${value})` : `    ${key}, ${value}`));
  return `${isLong ? "Map.ofEntries" : "Map.of"}(\n${lines.join(",\n")}\n  )`;
}

/** A program around some work of Kafka's own admin client, as jshell takes it: for what kafkajs has no call. */
export function javaAdminProgram(bootstrap: readonly string[], work: string): string {
  return [
    "import java.util.*;",
    "import org.apache.kafka.clients.admin.*;",
    "import org.apache.kafka.common.*;",
    "import org.apache.kafka.common.config.ConfigResource;",
    "import org.apache.kafka.common.quota.*;",
    "",
    `try (var admin = Admin.create(Map.of("bootstrap.servers", ${javaText(bootstrap.join(","))}))) {`,
    `  ${work}`,
    "}",
  ].join("\n");
}
